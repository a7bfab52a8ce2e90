using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Storage.AdoNet;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Composes a silo that is a cluster by itself, on SQLite files in its data folder.</summary>
internal static class EmbeddedSiloComposition
{
    /// <summary>Composes the silo.</summary>
    public static void Compose(ISiloBuilder silo, SiloConfiguration configuration, DataFolder folder)
    {
        var (options, endpoints) = (configuration.Options, configuration.Endpoints);

        // By a factory, so that the container lets go of the folder when the host ends.
        silo.Services.AddSingleton(_ => folder);

        // One silo has its data folder for itself, so a membership that ends with the process is the true one.
        silo.UseLocalhostClustering(
            endpoints.Silo,
            endpoints.Gateway,
            new IPEndPoint(endpoints.Address, endpoints.Silo),
            options.ServiceId,
            options.ClusterId);
        silo.ConfigureEndpoints(endpoints.Address, endpoints.Silo, endpoints.Gateway);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ControlPlaneStartup>();
        silo.AddAdoNetGrainStorage(ControlPlane.StorageName, storage =>
        {
            storage.Invariant = ControlPlaneSchema.SqliteInvariant;
            storage.ConnectionString = folder.ControlPlane;
        });
        silo.UseAdoNetReminderService(reminders =>
        {
            reminders.Invariant = ControlPlaneSchema.SqliteInvariant;
            reminders.ConnectionString = folder.ControlPlane;
        });
        silo.UseSqliteProcessStore(store =>
        {
            store.Path = folder.Processes;
            store.Schema = configuration.Schema;
        });
    }
}

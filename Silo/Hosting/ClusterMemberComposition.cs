using Orleans.Configuration;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// Composes a silo that is a member of a cluster: membership, reminders, grain storage and processes are in one
/// PostgreSQL database.
/// </summary>
internal static class ClusterMemberComposition
{
    private const string Invariant = "Npgsql";

    /// <summary>Composes the silo.</summary>
    public static void Compose(ISiloBuilder silo, SiloConfiguration configuration, string connectionString)
    {
        var endpoints = configuration.Endpoints;
        silo.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (
                configuration.Options.ClusterId,
                configuration.Options.ServiceId));
        silo.ConfigureEndpoints(endpoints.Address, endpoints.Silo, endpoints.Gateway);
        silo.Configure<ClusterMembershipOptions>(ClusterTimings.Apply);
        silo.UseAdoNetClustering(options =>
            options.Configure<ILocalSiloDetails>(
                (clustering, local) => (clustering.Invariant, clustering.ConnectionString) = (Invariant, Named(local)))
        );
        silo.UseAdoNetReminderService(options =>
            options.Configure<ILocalSiloDetails>(
                (reminders, local) => (reminders.Invariant, reminders.ConnectionString) = (Invariant, Named(local))));
        silo.AddAdoNetGrainStorage(ControlPlane.StorageName, options =>
            options.Configure<ILocalSiloDetails>(
                (storage, local) => (storage.Invariant, storage.ConnectionString) = (Invariant, Named(local))));
        silo.UsePostgresProcessStore(store =>
            (store.ConnectionString, store.Schema, store.RequireDurableServer) = (
                connectionString,
                configuration.Schema,
                configuration.Options.RequireDurableServer));
        UseDistributedDirectory(silo);

        string Named(ILocalSiloDetails local) =>
            PostgresSessions.OfControlPlane(connectionString, local.SiloAddress.ToParsableString());
    }

    /// <summary>
    /// Keeps the activations of the silos that stay when one goes (docs/decisions/0011-grain-directory.md).
    /// </summary>
    private static void UseDistributedDirectory(ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003 // Decided by measurement; a change of its API shows when Orleans is updated.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // Orleans would hold back the grains of a dead silo for half a minute, should that silo still work on them. Its
        // commits are refused anyway.
        silo.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Workflows.Grains;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Silo;
using Orleans.Workflows.Silo.Health;
using Orleans.Workflows.Silo.Hosting;
using Orleans.Workflows.Storage.AdoNet;

namespace Orleans.Hosting;

/// <summary>Makes a host a silo that runs processes.</summary>
public static class WorkflowSiloHostBuilderExtensions
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(20);

    /// <summary>Adds an embedded silo on SQLite, with health probes and a client. Reads the configuration section 'Workflows', and 'Workflows:Engine' for <see cref="WorkflowOptions"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="processes">Says which process types the silo runs.</param>
    /// <param name="configure">Sets options after the configuration was read.</param>
    /// <returns>The host.</returns>
    /// <exception cref="SiloConfigurationException">Options have faults; every one is named with its remedy.</exception>
    public static IHostApplicationBuilder AddWorkflowSilo(
        this IHostApplicationBuilder builder,
        Action<WorkflowsBuilder>? processes = null,
        Action<WorkflowSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var section = builder.Configuration.GetSection("Workflows");
        var options = new WorkflowSiloOptions();
        var engine = new WorkflowOptions();
        var faults = new List<string>();
        Bind(section, options, faults);
        Bind(section.GetSection("Engine"), engine, faults);
        faults.AddRange(engine.FindFaults());
        configure?.Invoke(options);

        var endpoints = SiloEndpoints.Choose(options, faults);
        var folder = DataFolder.Take(options.DataFolder, faults);
        if (folder is null || faults.Count > 0)
        {
            folder?.Dispose();
            throw new SiloConfigurationException($"The silo cannot start; {faults.Count} fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        // By a factory, so that the container lets go of the folder when the host ends.
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddSingleton(endpoints);
        builder.Services.Configure<WorkflowOptions>(section.GetSection("Engine"));
        builder.Services.AddHostedService<HealthServer>();
        builder.UseOrleans(silo => Compose(silo, options, endpoints, folder, processes));
        builder.Services.AddOptions<HostOptions>().Configure<Microsoft.Extensions.Options.IOptions<WorkflowOptions>>(
            static (host, engine) => host.ShutdownTimeout = engine.Value.DrainTimeout + StopMargin);
        builder.Services.AddWorkflowClient();
        builder.Services.AddHostedService<SiloAnnouncement>();
        return builder;
    }

    private static void Bind(IConfigurationSection section, object options, List<string> faults)
    {
        // One by one: the binder stops at the first value that it cannot read, and all faults are wanted.
        foreach (var option in section.GetChildren().Where(static option => option.Value is not null))
        {
            try
            {
                new ConfigurationBuilder().AddInMemoryCollection([new(option.Key, option.Value)]).Build().Bind(options);
            }
            catch (InvalidOperationException e)
            {
                faults.Add($"{option.Path} is '{option.Value}', which cannot be read: {e.InnerException?.Message ?? e.Message} Set a value of the option's type.");
            }
        }
    }

    private static void Compose(ISiloBuilder silo, WorkflowSiloOptions options, SiloEndpoints endpoints, DataFolder folder, Action<WorkflowsBuilder>? processes)
    {
        // One silo has its data folder for itself, so a membership that ends with the process is the true one.
        silo.UseLocalhostClustering(endpoints.Silo, endpoints.Gateway, primarySiloEndpoint: null, options.ServiceId, options.ClusterId);
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
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
        silo.Services.AddOptions<ReminderOptions>().Configure<Microsoft.Extensions.Options.IOptions<WorkflowOptions>>(static (reminders, engine) =>
            reminders.MinimumReminderPeriod = engine.Value.ReminderPeriod < reminders.MinimumReminderPeriod ? engine.Value.ReminderPeriod : reminders.MinimumReminderPeriod);
        silo.UseSqliteProcessStore(store =>
        {
            store.Path = folder.Processes;
            store.Schema = options.Schema;
        });
        silo.AddWorkflows(processes);
    }
}

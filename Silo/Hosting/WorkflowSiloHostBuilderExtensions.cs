using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Workflows;
using Orleans.Workflows.Silo.Hosting;
using Orleans.Workflows.Silo.Telemetry;

namespace Orleans.Hosting;

/// <summary>Makes a host a silo that runs processes.</summary>
public static class WorkflowSiloHostBuilderExtensions
{
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Adds a silo with health probes and a client: a member of a cluster on PostgreSQL when there is a connection
    /// string 'Workflows', an embedded silo on SQLite otherwise. Reads the configuration section 'Workflows', and
    /// 'Workflows:Engine' for <see cref="WorkflowOptions"/>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="processes">Says which process types the silo runs.</param>
    /// <param name="configure">Sets options after the configuration was read.</param>
    /// <returns>The host.</returns>
    /// <exception cref="SiloConfigurationException">
    /// Options have faults; every one is named with its remedy.
    /// </exception>
    public static IHostApplicationBuilder AddWorkflowSilo(
        this IHostApplicationBuilder builder,
        Action<WorkflowsBuilder>? processes = null,
        Action<WorkflowSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = SiloConfiguration.Read(builder, configure);
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(configuration.Endpoints);
        builder.Services.Configure<WorkflowOptions>(builder.Configuration.GetSection(SiloConfiguration.EngineSection));
        builder.Services.AddHostedService<HealthServer>();
        builder.UseOrleans(silo => Compose(silo, configuration, processes));
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<WorkflowOptions>>(
            static (host, engine) => host.ShutdownTimeout = engine.Value.DrainTimeout + StopMargin);
        if (configuration.Options.OtlpEndpoint is { } collector)
        {
            OtlpExport.Add(builder.Services, configuration.Options, new Uri(collector));
        }

        builder.Services.AddWorkflowClient();
        builder.Services.AddHostedService<SiloAnnouncement>();
        return builder;
    }

    private static void Compose(ISiloBuilder silo, SiloConfiguration configuration, Action<WorkflowsBuilder>? processes)
    {
        if (configuration.ConnectionString is { } connectionString)
        {
            ClusterMemberComposition.Compose(silo, configuration, connectionString);
        }
        else
        {
            EmbeddedSiloComposition.Compose(silo, configuration, configuration.Folder!);
        }

        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ClusterTimings.ResponseTimeout);
        if (configuration.Options.SiloName is { } name)
        {
            silo.Configure<SiloOptions>(options => options.SiloName = name);
        }

        silo.Services.AddOptions<ReminderOptions>()
            .Configure<IOptions<WorkflowOptions>>(
                static (reminders, engine) =>
                    reminders.MinimumReminderPeriod =
                        engine.Value.ReminderPeriod < reminders.MinimumReminderPeriod
                            ? engine.Value.ReminderPeriod
                            : reminders.MinimumReminderPeriod);
        silo.AddWorkflows(processes);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Metadata;
using Orleans.Workflows;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Hosting;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Hosting;

/// <summary>Adds the engine to a silo.</summary>
public static class WorkflowSiloBuilderExtensions
{
    /// <summary>
    /// Lets the silo run processes. It also needs a process store, a reminder service and a grain storage named
    /// <see cref="ControlPlane.StorageName"/>.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Says which process types it runs.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddWorkflows(this ISiloBuilder builder, Action<WorkflowsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var workflows =
            services
                .FirstOrDefault(service => service.ServiceType == typeof(WorkflowsBuilder))
                ?.ImplementationInstance as WorkflowsBuilder;
        if (workflows is null)
        {
            workflows = new WorkflowsBuilder(services);
            services.AddSingleton(workflows);
            AddEngine(services);
            services.AddPlacementDirector<SupervisorPlacement, SupervisorPlacementDirector>();
        }

        configure?.Invoke(workflows);
        return builder;
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ClusterClock>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ClusterLifecycle>();
        services.TryAddKeyedSingleton<TimeProvider>(WorkflowTimeProviderNames.Engine, static (provider, _) =>
            provider.GetRequiredService<ClusterClock>());
        services.AddSingleton<IValidateOptions<WorkflowOptions>, WorkflowOptionsValidator>();
        services.AddOptions<WorkflowOptions>().ValidateOnStart();
        services.AddSingleton(CreateRegistry);
        services.AddSingleton<IGrainPropertiesProvider, AnnouncedTypes.Provider>();
        services.AddQuietLogging();
        QuietLoggers.AddTo(services);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SilentStoreWatch>();
        services.AddSingleton<ProcessLog>();
        services.AddSingleton<ClusterTypes>();
        services.AddSingleton<ProcessPlaces>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ComputeThreads>();
        services.AddSingleton<TransitionObservers>();
        services.AddSingleton<BlockedStepWatch>();
        services.AddSingleton<EngineClock>();
        services.AddSingleton<ActiveLanes>();
        services.AddSingleton<PauseGate>();
        services.AddSingleton(static _ => new SuspectGate(TimeProvider.System));
        services.AddSingleton<FailureCounts>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<Commits>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<Runnability>();
        services.AddSingleton<AttemptRunner>();
        AddActivation(services);
        services.AddSingleton<OverdueKill>();
        services.AddSingleton<DeadSessions>();
        services.AddSingleton<DeadSilos>();
        services.AddSingleton<IStartWatch, StepStartWatch>();
        services.AddSingleton<OtherSilos>();
        services.AddSingleton<IIncomingGrainCallFilter, ClientCallFilter>();
        services.AddSingleton<ClusterDefinitions>();
        services.AddSingleton<AwaitedNames>();
        services.AddSingleton<GatewayStarts>();
        services.AddSingleton<GatewayMessages>();
        services.AddSingleton<StatusReads>();
        services.AddMetrics();
        services.AddSingleton<WorkflowInstruments>();
        services.TryAddSingleton(static _ => new LoadReadings(new MemoryReading().Read, new PoolReading().Read));
        services.AddSingleton(static provider => new StartPlaces(TimeProvider.System, () =>
            provider.GetRequiredService<IProcessStore>().WriteTime));
        services.AddSingleton<StartShedding>();
        services.AddSingleton<LivenessAuditor>();
        services.AddTransient<SupervisorPass>();
        services.AddSingleton<OwnSweep>();
        services.AddSingleton<SiloSupervision>();
        services.AddSingleton<IWorkflowHealth, WorkflowHealth>();
        services.AddSingleton<WorkflowSiloLifecycle>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider =>
            provider.GetRequiredService<WorkflowSiloLifecycle>());
    }

    /// <summary>The parts of an activation: Orleans gives each activation a scope of its own.</summary>
    private static void AddActivation(IServiceCollection services)
    {
        services.AddScoped<Activation>();
        services.AddScoped<EndWatchers>();
        services.AddScoped<StepDriver>();
        services.AddScoped<Turns>();
        services.AddScoped<LaneReads>();
        services.AddScoped<LaneStarts>();
        services.AddScoped<LaneTimer>();
        services.AddScoped<ProcessLane>();
    }

    private static DefinitionRegistry CreateRegistry(IServiceProvider provider)
    {
        var faults = new List<string>();
        var known = provider.GetService<IServiceProviderIsService>();
        var workflows = provider.GetRequiredService<WorkflowsBuilder>();
        var definitions = workflows
            .Types.Select(type =>
                DefinitionFactory.Create(
                    type,
                    known,
                    faults,
                    [
                        .. workflows
                            .Listeners.Where(listener => listener.Process == type)
                            .Select(static listener => listener.Listener),
                    ]))
            .OfType<ProcessDefinition>()
            .ToList();
        faults.AddRange(ContractCheck.FaultsOfNames(workflows.Types));
        faults.AddRange(ContractCheck.FaultsOf(workflows.Types));
        return faults.Count == 0
            ? new DefinitionRegistry(definitions)
            : throw Invalid([.. faults.Distinct()]);
    }

    /// <summary>A fault of a child that a parent exposes comes once, whoever of them comes first.</summary>
    private static InvalidDefinitionsException Invalid(IReadOnlyList<string> faults) =>
        new(
            $"The process definitions have {faults.Count} "
            + $"fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, faults)}")
        {
            Faults = faults,
        };
}

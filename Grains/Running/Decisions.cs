using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Has the engine decide, with this silo's surroundings, and asks the hooks about what it decided.</summary>
internal sealed class Decisions(
    DefinitionRegistry definitions,
    TransitionObservers observers,
    EngineClock clock,
    ILocalSiloDetails silo)
{
    /// <summary>The silo as rows name their owner: address with generation.</summary>
    public string Owner { get; } = silo.SiloAddress.ToParsableString();

    /// <summary>The time of decisions that no scan has asked for.</summary>
    public DateTimeOffset Now => clock.Now;

    /// <summary>
    /// Names a commit. One of a kind is enough, it need not be unguessable: no call into the kernel for each.
    /// </summary>
    public static Guid NewOperation()
    {
        Span<byte> name = stackalloc byte[16];
        Random.Shared.NextBytes(name);
        return new Guid(name);
    }

    /// <summary>The definition of a process type.</summary>
    /// <returns>The definition; null when this silo does not have it.</returns>
    public ProcessDefinition? Find(string type) => definitions.Find(type);

    /// <summary>What the engine needs to know from outside for one turn.</summary>
    /// <param name="definition">The process's definition; null when this silo does not have it.</param>
    /// <param name="now">The time.</param>
    /// <param name="createdAt">When the process was created; null for now.</param>
    /// <returns>The surroundings, with a new name for the commit that may come out.</returns>
    public EngineContext Context(ProcessDefinition? definition, DateTimeOffset now, DateTimeOffset? createdAt) =>
        new(
            now,
            Owner,
            NewOperation(),
            definition?.First ?? "",
            definition?.Version ?? 0,
            IsObserved: definition?.IsObserved == true)
        {
            Surely = clock.Surely(createdAt ?? clock.Now),
            NeededArguments = definition?.NeededArguments,
            FaultOfArgument = definition?.FaultOfArgument,
        };

    /// <summary>
    /// Decides, and runs the hooks of what was decided. A hook that fails makes another decision of it: the process is
    /// Excepted.
    /// </summary>
    /// <param name="state">The process as it was committed last.</param>
    /// <param name="events">What has happened.</param>
    /// <param name="context">The surroundings.</param>
    public async Task<Decision> PrepareAsync(
        EngineState state,
        IReadOnlyList<ProcessEvent> events,
        EngineContext context)
    {
        var definition = Find(state.Row.Type);
        var decision = ProcessEngine.Decide(state, events, context);
        if (await observers.PrepareAsync(definition, decision, state.Row.Input) is not { } failure)
        {
            return decision;
        }

        var messages = events.Where(static e => e is ProcessEvent.MessagesArrived);
        var excepted = ProcessEngine.Decide(
            state,
            [new ProcessEvent.HookFailed(failure, StepNotes.Of(events)), .. messages],
            context with { OperationId = NewOperation(), CanRun = true });
        await observers.PrepareAsync(definition, EndOf(excepted), state.Row.Input);
        return excepted;
    }

    /// <summary>Decides on a start, in the same way.</summary>
    public async Task<Decision> PrepareStartAsync(
        ProcessId id,
        StartRequest request,
        ProcessDefinition definition,
        EngineContext context)
    {
        var runId = Guid.CreateVersion7().ToString("N");
        var decision = ProcessEngine.Create(id, request, runId, context);
        if (await observers.PrepareAsync(definition, decision, request.Input) is not { } failure)
        {
            return decision;
        }

        var excepted = ProcessEngine.Create(id, request, runId, context with { OperationId = NewOperation() }, failure);
        await observers.PrepareAsync(definition, excepted, request.Input);
        return excepted;
    }

    /// <summary>
    /// What of a decision is new to the hooks: they were asked about the rest before one of them failed.
    /// </summary>
    private static Decision EndOf(Decision excepted) => excepted with
    {
        Transitions = [.. excepted.Transitions.Where(static transition => transition.Kind == TransitionKind.Except)],
    };
}

using Microsoft.Extensions.Options;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Judges whether this silo can run a process, which one can, and for how long none could.</summary>
internal sealed class Runnability(DefinitionRegistry definitions, ClusterTypes types, IOptions<WorkflowOptions> options)
{
    /// <summary>Says why this silo cannot run a process.</summary>
    /// <returns>The reason; null when it can, or has ended.</returns>
    public string? WhyNot(EngineState state) => WhyNot(state, definitions);

    /// <summary>Says why this silo cannot run a process.</summary>
    /// <returns>The reason; null when it can, or has ended.</returns>
    public static string? WhyNot(EngineState state, DefinitionRegistry definitions)
    {
        if (state.Row.State.IsTerminal())
        {
            return null;
        }

        var definition = definitions.Find(state.Row.Type);
        return definition is null ? "the type is not known here"
            : state.Row.DefinitionVersion > definition.Version
                ? $"it needs version {state.Row.DefinitionVersion} of its definition, and this silo has "
                    + $"{definition.Version}"
            : state.Checkpoint.Format > Checkpoint.CurrentFormat
                ? $"its checkpoint has format {state.Checkpoint.Format}, and this silo knows {Checkpoint.CurrentFormat}"
            : null;
    }

    /// <summary>Whether there is something that can be done with a process without its definition.</summary>
    /// <returns>Whether it is paused already, or a pause or kill has come.</returns>
    public static bool IsControlled(EngineState state, IReadOnlyList<ProcessEvent> events) =>
        state.Row.Paused
        || state
            .Inbox.Unseen.Concat(
                events.OfType<ProcessEvent.MessagesArrived>().SelectMany(static arrived => arrived.Messages))
            .Any(static message => message.Kind.NeedsNoDefinition());

    /// <summary>A live silo that can run a process.</summary>
    /// <returns>The silo; null when none is known.</returns>
    public SiloAddress? AbleSilo(EngineState state) => types.Find(state.Row.Needs, state.Checkpoint.Format);

    /// <summary>A live silo that has a type, in whatever version.</summary>
    /// <returns>The silo; null when none is known.</returns>
    public SiloAddress? AbleSilo(string type) => types.Find(new NeededType(type, Version: 0));

    /// <summary>Whether no silo could run a process for as long as that may be.</summary>
    /// <param name="state">The process, which this silo cannot run.</param>
    /// <param name="now">The engine's time.</param>
    public bool IsOverdue(EngineState state, DateTimeOffset now)
    {
        var limit = options.Value.NotRunnableTimeout;
        return types.MissingFor(state.Row.Needs, state.Checkpoint.Format) >= limit
            && now - state.Row.UpdatedAt >= limit;
    }

    /// <summary>Answers a start of a type that this silo does not have.</summary>
    /// <returns>The answer: unknown only when no live silo has it.</returns>
    public Task<StartReply> AnswerAsync(string type) => StartChecks.UnknownAsync(type, types);
}

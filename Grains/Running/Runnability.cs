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
    /// <param name="state">The process.</param>
    /// <returns>The reason; null when it can, or has ended.</returns>
    public string? WhyNot(EngineState state) => Loading.WhyNotRunnable(state, definitions);

    /// <summary>A live silo that can run a process.</summary>
    /// <returns>The silo; null when none is known.</returns>
    public SiloAddress? AbleSilo(EngineState state) => types.Find(state.Row.Needs, state.Checkpoint.Format);

    /// <summary>A live silo that has a type, in whatever version.</summary>
    /// <returns>The silo; null when none is known.</returns>
    public SiloAddress? AbleSilo(string type) => types.Find(new NeededType(type, Version: 0));

    /// <summary>Whether no silo could run a process for as long as that may be.</summary>
    /// <param name="state">The process, which this silo cannot run.</param>
    /// <param name="now">The engine's time.</param>
    /// <returns>Whether that is an incident.</returns>
    public bool IsOverdue(EngineState state, DateTimeOffset now)
    {
        var limit = options.Value.NotRunnableTimeout;
        return types.MissingFor(state.Row.Needs, state.Checkpoint.Format) >= limit
            && now - state.Row.UpdatedAt >= limit;
    }

    /// <summary>Answers a start of a type that this silo does not have.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The answer: unknown only when no live silo has it.</returns>
    public Task<StartReply> AnswerAsync(string type) => StartChecks.UnknownAsync(type, types);
}

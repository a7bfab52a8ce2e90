using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Answers starts that store nothing.</summary>
internal static class StartChecks
{
    /// <summary>Refuses a start that cannot be stored.</summary>
    /// <param name="request">The start.</param>
    /// <param name="definition">The process's definition.</param>
    /// <param name="sound">The start with its input as it is stored, when it is sound.</param>
    /// <returns>The refusal; null when the start is sound.</returns>
    public static StartReply? Refuse(StartRequest request, ProcessDefinition definition, out StartRequest sound)
    {
        sound = request;
        if (definition.CheckInput(request.Input, out var stored) is { Count: > 0 } faults)
        {
            return new StartReply { Status = StartStatus.InvalidInput, Faults = faults };
        }

        sound = request with { Input = stored };
        return null;
    }

    /// <summary>Answers a start of a type that this silo does not have.</summary>
    /// <returns>The answer: unknown only when no live silo has it.</returns>
    public static async Task<StartReply> UnknownAsync(string type, ClusterTypes types)
    {
        var needed = new NeededType(type, Version: 0);
        var unsure = types.Find(needed) is null ? await types.WhyNotKnownAsync() : null;
        if (types.Find(needed) is not null)
        {
            return Refusal(StartStatus.Unavailable, $"The process type '{type}' is on another silo.") with
            {
                Elsewhere = true,
            };
        }

        return unsure is null
            ? Refusal(StartStatus.UnknownType, $"No live silo has the process type '{type}'; {Known(types.Names)}.")
            : Refusal(StartStatus.Unavailable, $"No silo is known to have the process type '{type}'. {unsure}");
    }

    /// <summary>Answers a start that the silo does not take now.</summary>
    public static StartReply Shed(StartShedding.Shortage shortage) =>
        Refusal(shortage.IsAway ? StartStatus.Unavailable : StartStatus.Overloaded, shortage.Text);

    /// <summary>Answers a start whose insert failed.</summary>
    public static StartReply Failed(CommitResult result) =>
        result.Status switch
        {
            CommitStatus.Overloaded => Refusal(
                StartStatus.Overloaded,
                result.Reason ?? "The silo has more starts than it can store. Start it again later, or add silos."),
            CommitStatus.Unavailable => Refusal(
                StartStatus.Unavailable,
                result.Reason ?? "The store is unavailable."),
            CommitStatus.Rejected => Refusal(StartStatus.Rejected, result.Reason ?? "The store refuses the row."),
            _ => throw new InvalidOperationException($"A start cannot fail with {result.Status}."),
        };

    /// <summary>Answers a start whose id is there.</summary>
    /// <param name="request">The start.</param>
    /// <param name="state">The process that has the id; null when it is gone again.</param>
    /// <returns>The first answer for the request that made the process, else that the id is taken.</returns>
    public static StartReply Existing(StartRequest request, EngineState? state) => state is null
        ? Refusal(StartStatus.Unavailable, "The process was purged in this moment.")
        : new StartReply
        {
            Status = state.Row.StartRequestId == request.RequestId ? StartStatus.Created : StartStatus.AlreadyExists,
            State = state.Row.State,
            Outcome = state.Outcome,
            Type = state.Row.Type == request.Type ? null : state.Row.Type,
        };

    private static string Known(IReadOnlyList<string> names) =>
        names.Count == 0 ? "the cluster has none" : "the cluster has " + string.Join(", ", names);

    private static StartReply Refusal(StartStatus status, string fault) => new() { Status = status, Faults = [fault] };
}

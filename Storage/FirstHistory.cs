using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage;

/// <summary>The history of a child's first version, which its parent's commit writes.</summary>
internal static class FirstHistory
{
    private static readonly HistoryEvent[] Created = [new(HistoryKind.Created)];
    private static readonly HistoryEvent[] Started = [new(HistoryKind.Created), new(HistoryKind.Started)];

    /// <summary>What happened to a child by being inserted.</summary>
    public static IReadOnlyList<HistoryEvent> Of(ProcessRow child) =>
        child.State is ProcessState.Running ? Started : Created;
}

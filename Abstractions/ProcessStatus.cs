namespace Orleans.Workflows;

/// <summary>
/// What a process does now, read from its row: as true as the last commit, also while a step holds its thread.
/// </summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessStatus")]
public sealed record ProcessStatus
{
    /// <summary>The row.</summary>
    [Id(0)]
    public required ProcessSummary Summary { get; init; }

    /// <summary>What it is waiting for, in one sentence; how it ended, when it has.</summary>
    [Id(1)]
    public required string WaitingFor { get; init; }

    /// <summary>
    /// Where it stands in its definition: the path of ids of the current step; of a process that waits, of the step at
    /// which it goes on. Empty before its start.
    /// </summary>
    [Id(2)]
    public required string Position { get; init; }

    /// <summary>The number of steps that are completed: such a step never runs again.</summary>
    [Id(3)]
    public required int StepsCompleted { get; init; }

    /// <summary>The attempt of the current step, 1 for the first.</summary>
    [Id(4)]
    public required int Attempt { get; init; }

    /// <summary>The open incident; <c>null</c> when there is none.</summary>
    [Id(5)]
    public Incident? Incident { get; init; }

    /// <summary>
    /// Controls and signals that are stored and not yet taken in, in the order in which they will be: the first 1,000,
    /// and then how many more.
    /// </summary>
    [Id(6)]
    public required IReadOnlyList<string> Pending { get; init; }

    /// <summary>
    /// The label of its exit code; <c>null</c> until it ended, for success and for a code that was not declared.
    /// </summary>
    [Id(8)]
    public string? ExitLabel { get; init; }

    /// <summary>
    /// Its children that have not ended, at most 100. Those of a process that has ended have been told to end.
    /// </summary>
    [Id(7)]
    public IReadOnlyList<ProcessId> LiveChildren { get; init; } = [];

    /// <summary>The name of the signal that it waits for, paused or not; <c>null</c> when it waits for none.</summary>
    [Id(9)]
    public string? AwaitedSignal { get; init; }
}

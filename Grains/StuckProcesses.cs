namespace Orleans.Workflows;

/// <summary>
/// Processes that should have moved and have not. Zero is the only good value; at most 1,000 of each reason are
/// counted.
/// </summary>
/// <param name="LateTimers">Processes whose time came more than 30 seconds ago.</param>
/// <param name="LateMessages">
/// Signals, kills and ends of children that their receivers have not taken in for more than 30 seconds.
/// </param>
/// <param name="Orphans">Running processes whose silo has been gone for more than 30 seconds.</param>
/// <param name="Undriven">Running processes of this silo that nothing in it has run for more than 30 seconds.</param>
public sealed record StuckProcesses(int LateTimers, int LateMessages, int Orphans, int Undriven)
{
    /// <summary>All of them.</summary>
    public int Total => LateTimers + LateMessages + Orphans + Undriven;

    /// <summary>
    /// For how long the oldest process that could move has not, also when that is less than 30 seconds. Zero when there
    /// is none.
    /// </summary>
    public TimeSpan OldestAge { get; init; }
}

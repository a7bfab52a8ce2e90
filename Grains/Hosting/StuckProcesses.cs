namespace Orleans.Workflows.Grains;

/// <summary>Processes that should have moved and have not. Zero is the only good value; at most 1,000 of each are counted.</summary>
/// <param name="LateTimers">Processes whose time came more than 30 seconds ago.</param>
/// <param name="LateMessages">Signals, kills and ends of children that their receivers have not taken in for more than 30 seconds.</param>
/// <param name="Orphans">Running processes whose silo has been gone for more than 30 seconds.</param>
public sealed record StuckProcesses(int LateTimers, int LateMessages, int Orphans)
{
    /// <summary>All of them.</summary>
    public int Total => LateTimers + LateMessages + Orphans;
}

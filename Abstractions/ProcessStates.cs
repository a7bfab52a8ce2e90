namespace Orleans.Workflows;

/// <summary>Questions that one asks of a <see cref="ProcessState"/>.</summary>
public static class ProcessStates
{
    /// <summary>Whether the process has ended: a terminal process never changes again.</summary>
    /// <param name="state">The state.</param>
    /// <returns><c>true</c> for Finished, Excepted and Killed.</returns>
    public static bool IsTerminal(this ProcessState state) => state >= ProcessState.Finished;
}

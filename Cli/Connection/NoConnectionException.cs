namespace Orleans.Workflows.Cli.Connection;

/// <summary>There is no connection to a cluster.</summary>
/// <param name="message">Why not, and what was tried.</param>
/// <param name="hint">What to do.</param>
/// <param name="cause">What went wrong; null for nothing.</param>
internal sealed class NoConnectionException(string message, string hint, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>What to do.</summary>
    public string Hint => hint;
}

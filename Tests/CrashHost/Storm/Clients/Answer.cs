namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>How an end is written down, by the client that is told and by who reads the database.</summary>
public static class Answer
{
    /// <summary>Writes an end down.</summary>
    /// <param name="state">Finished, Excepted or Killed.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="output">The output as JSON; null for none.</param>
    /// <returns>One line.</returns>
    public static string Text(ProcessState state, int exitCode, string? output) =>
        FormattableString.Invariant($"{state} {exitCode} {output}");
}

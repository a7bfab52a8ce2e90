namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>How a process ends.</summary>
/// <param name="State">Its state: Finished, Excepted or Killed.</param>
/// <param name="ExitCode">Its exit code.</param>
public sealed record ExpectedEnd(string State, int ExitCode)
{
    /// <summary>Killed by somebody.</summary>
    public static ExpectedEnd Killed { get; } = new("Killed", 10);

    /// <summary>Ended by an error.</summary>
    public static ExpectedEnd Excepted { get; } = new("Excepted", 12);

    /// <summary>Finished with success.</summary>
    public static ExpectedEnd Success { get; } = new("Finished", 0);

    /// <summary>As the parent of such a child notes it.</summary>
    /// <returns>The state and the exit code.</returns>
    public override string ToString() => $"{State} {ExitCode}";
}

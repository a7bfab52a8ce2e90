namespace Orleans.Workflows;

/// <summary>How a process ended. Untyped: <c>ProcessHandle&lt;TOutput&gt;</c> reads the output.</summary>
[GenerateSerializer, Immutable, Alias("owf.ProcessOutcome")]
public sealed record ProcessOutcome
{
    /// <summary>The process.</summary>
    [Id(0)]
    public required ProcessId Id { get; init; }

    /// <summary>Finished, Excepted or Killed.</summary>
    [Id(1)]
    public required ProcessState State { get; init; }

    /// <summary>0 for success; see <see cref="EngineExitCodes"/>.</summary>
    [Id(2)]
    public required int ExitCode { get; init; }

    /// <summary>
    /// Why it ended so: the exit code's message, the kill's text, the failure's message; <c>null</c> for success.
    /// </summary>
    [Id(3)]
    public string? Message { get; init; }

    /// <summary>
    /// The output as UTF-8 JSON; <c>null</c> when there is none. Of a process that failed or was killed: what its steps
    /// had emitted.
    /// </summary>
    [Id(4)]
    public byte[]? Output { get; init; }

    /// <summary>
    /// The error of an Excepted process; of a Killed one, the error that its last step raised while it was being
    /// killed.
    /// </summary>
    [Id(5)]
    public FailureInfo? Failure { get; init; }

    /// <summary>When it ended.</summary>
    [Id(6)]
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>
    /// The label of the exit code: a declared one's, or the engine's; <c>null</c> for success and for a code that was
    /// not declared.
    /// </summary>
    [Id(7)]
    public string? ExitLabel { get; init; }

    /// <summary>
    /// Reads the output, also that of a process that did not end with success: what its steps had emitted.
    /// </summary>
    /// <typeparam name="TOutput">
    /// The output's type. One with members that are required cannot be read while they are missing.
    /// </typeparam>
    /// <returns>The output; null when there is none.</returns>
    /// <exception cref="PayloadException">
    /// The output cannot be read as the type; or there is none, and the type is a struct that cannot say so: read it as
    /// a nullable one.
    /// </exception>
    public TOutput? ReadOutput<TOutput>() =>
        Output is { } json ? WorkflowJson.Read<TOutput>(json, $"output of {Id}")
        : default(TOutput) is null ? default
        : throw new PayloadException(
            $"The process {Id} has no output, and a {typeof(TOutput)} cannot be null: read it as a "
            + $"{typeof(TOutput).Name}?, or look at {nameof(Output)} first.");

    /// <summary>Whether it finished with exit code 0.</summary>
    public bool IsSuccess => State == ProcessState.Finished && ExitCode == EngineExitCodes.Success;
}

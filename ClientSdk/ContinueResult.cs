namespace Orleans.Workflows;

/// <summary>The answer to <see cref="ProcessHandle.ContinueAsync"/>.</summary>
/// <param name="Status">
/// <see cref="ControlStatus.Accepted"/> when it starts now, or when it is played; <see cref="ControlStatus.AlreadySo"/>
/// when it has started before; otherwise why nothing starts.
/// </param>
/// <param name="Outcome">How it ended, when it already has; null otherwise.</param>
public sealed record ContinueResult(ControlStatus Status, ProcessOutcome? Outcome);

using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Has a step with an incident tried again.</summary>
internal sealed class RetryCommand()
    : ControlCommand("retry", "Resolves an incident: the step is tried again. Refused when there is none.", "owf retry order-17 --wait")
{
    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) => process.RetryAsync(run.CancellationToken);
}

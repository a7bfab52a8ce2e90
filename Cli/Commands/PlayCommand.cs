using System.CommandLine;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Plays a process.</summary>
internal sealed class PlayCommand()
    : ControlCommand("play", "Lets a paused process go on. On an incident: has the step tried again.", "owf play order-17 --wait")
{
    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, ParseResult arguments, CancellationToken cancellationToken) =>
        process.PlayAsync(cancellationToken);
}

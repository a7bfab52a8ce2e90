using System.CommandLine;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Kills a process.</summary>
internal sealed class KillCommand : ControlCommand
{
    private readonly Option<string?> _text = new("--text") { Description = "Why; kept and shown", HelpName = "TEXT" };
    private readonly Option<bool> _force = new("--force") { Description = "Abandon a running step at once, without its grace period; no hook runs" };

    /// <summary>Makes the command.</summary>
    public KillCommand()
        : base(
            "kill",
            "Ends a process as Killed, with its children. Nothing takes an accepted kill back.",
            "owf kill order-17 --text 'the customer has cancelled' --wait",
            "owf kill order-17 --force")
    {
        Add(_text);
        Add(_force);
    }

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.KillAsync(run.Arguments.GetValue(_text), run.Arguments.GetValue(_force), run.CancellationToken);
}

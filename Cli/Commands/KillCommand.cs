using System.CommandLine;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Kills a process.</summary>
internal sealed class KillCommand : ControlCommand
{
    private readonly Option<string?> _text = new("--text") { Description = "Why; kept and shown", HelpName = "TEXT" };

    /// <summary>Makes the command.</summary>
    public KillCommand()
        : base(
            "kill",
            "Ends a process as Killed, with its children. Nothing takes an accepted kill back.",
            "owf kill order-17 --text 'the customer has cancelled' --wait") => Add(_text);

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, ParseResult arguments, CancellationToken cancellationToken) =>
        process.KillAsync(arguments.GetValue(_text), cancellationToken);
}

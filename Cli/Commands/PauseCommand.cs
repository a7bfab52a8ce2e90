using System.CommandLine;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Pauses a process.</summary>
internal sealed class PauseCommand : ControlCommand
{
    private readonly Option<string?> _text = new("--text") { Description = "Shown as the status text until it is played", HelpName = "TEXT" };

    /// <summary>Makes the command.</summary>
    public PauseCommand()
        : base(
            "pause",
            "Pauses a process: at once when it waits, at the end of its step when one runs.",
            "owf pause order-17 --text 'stock-taking until noon' --wait") => Add(_text);

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, ParseResult arguments, CancellationToken cancellationToken) =>
        process.PauseAsync(arguments.GetValue(_text), cancellationToken);
}

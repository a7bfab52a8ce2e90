using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Pauses a process.</summary>
internal sealed class PauseCommand : ControlCommand
{
    private readonly Option<string?> _text = new("--text")
    {
        Description = "Shown as the status text until it is played",
        HelpName = "TEXT",
    };
    private readonly Option<bool> _tree = new("--tree")
    {
        Description = "Its children that have not ended too, and theirs",
    };

    /// <summary>Makes the command.</summary>
    public PauseCommand()
        : base(
            "pause",
            "Pauses a process: at once when it waits, at the end of its step when one runs.",
            "owf pause order-17 --text 'stock-taking until noon' --wait",
            "owf pause order-17 --tree")
    {
        Add(_text);
        Add(_tree);
    }

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.PauseAsync(
            run.Arguments.GetValue(_text),
            run.Arguments.GetValue(_tree),
            cancellationToken: run.CancellationToken);
}

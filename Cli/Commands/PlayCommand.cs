using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Plays a process.</summary>
internal sealed class PlayCommand : ControlCommand
{
    private readonly Option<bool> _tree = new("--tree")
    {
        Description = "Its children that have not ended too, and theirs",
    };

    /// <summary>Makes the command.</summary>
    public PlayCommand()
        : base(
            "play",
            "Lets a paused process go on. On an incident: has the step tried again.",
            "owf play order-17 --wait",
            "owf play order-17 --tree") => Add(_tree);

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.PlayAsync(run.Arguments.GetValue(_tree), run.CancellationToken);
}

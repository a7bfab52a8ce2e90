using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Leaves a step with an incident out.</summary>
internal sealed class SkipCommand : ControlCommand
{
    private readonly Option<string?> _to = new("--to")
    {
        Description =
            "The step to go on at, as 'owf describe' names it; default: what comes behind. A step machine needs one",
        HelpName = "POSITION",
    };

    /// <summary>Makes the command.</summary>
    public SkipCommand()
        : base(
            "skip",
            "Resolves an incident of a step: the step counts as completed, and the process goes on behind it.",
            "owf skip order-17 --wait",
            "owf skip order-17 --to Charge") => Add(_to);

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.SkipAsync(run.Arguments.GetValue(_to), run.CancellationToken);
}

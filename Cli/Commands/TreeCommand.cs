using System.CommandLine;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Shows a process with the processes that it started.</summary>
internal sealed class TreeCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();

    /// <summary>Makes the command.</summary>
    public TreeCommand()
        : base(
            "tree",
            "Shows a process with the processes that it started, and theirs.",
            "owf tree order-17",
            "owf tree order-17 --json") => Add(_id);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var tree = await run.Processes.GetHandle(run.Arguments.GetValue(_id)).GetTreeAsync(run.CancellationToken);
        if (run.Report.IsJson)
        {
            run.Report.Document(tree);
        }
        else
        {
            var rows = tree.Flatten().Select(static entry => Row(entry.Depth, entry.Process));
            run.Report.Table([Cell.Heads("ID", "TYPE", "STATE", "EXIT", "TEXT"), .. rows], cutsLast: true);
        }

        return ExitCodes.Done;
    }

    private static Cell[] Row(int depth, ProcessSummary process) =>
    [
        PlainText.Indent(depth) + process.Id.Value,
        process.Type,
        PlainText.StateOf(process),
        process.ExitCode?.ToString(),
        process.StatusText,
    ];
}

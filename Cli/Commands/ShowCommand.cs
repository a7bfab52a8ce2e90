using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Shows one process.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<bool> _checkpoint = new("--checkpoint") { Description = "What it remembers too: input, context, argument of the step, outputs emitted so far" };

    /// <summary>Makes the command.</summary>
    public ShowCommand()
        : base(
            "show",
            "Shows what a process does now, as of its last commit.",
            "owf show order-17",
            "owf show order-17 --checkpoint --json")
    {
        Add(_id);
        Add(_checkpoint);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var status = await process.GetStatusAsync(run.CancellationToken);
        var checkpoint = run.Arguments.GetValue(_checkpoint) ? CheckpointDocument.Of(await process.GetCheckpointAsync(run.CancellationToken)) : null;
        if (run.Report.IsJson)
        {
            run.Report.Document(StatusText.Document(status, checkpoint));
        }
        else
        {
            run.Report.Table([.. StatusText.Rows(status)]);
            FailureText.Write(run.Report, "Failure", status.Incident?.Failure);
            checkpoint?.Write(run.Report);
        }

        return ExitCodes.Done;
    }
}

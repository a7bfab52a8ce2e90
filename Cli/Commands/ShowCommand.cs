using System.CommandLine;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Shows one process.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<bool> _checkpoint = new("--checkpoint")
    {
        Description = "What it remembers too: input, context, argument of the step, outputs emitted so far",
    };

    /// <summary>Makes the command.</summary>
    public ShowCommand()
        : base(
            "show",
            "Shows what a process does now, as of its last commit; how it ended, with its output, when it has.",
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
        var checkpoint = run.Arguments.GetValue(_checkpoint)
            ? CheckpointDocument.Of(await process.GetCheckpointAsync(run.CancellationToken))
            : null;
        var outcome = status.Summary.State.IsTerminal() ? await process.GetOutcomeAsync(run.CancellationToken) : null;
        if (run.Report.IsJson)
        {
            run.Report.Document(StatusText.Document(status, OutcomeDocument.Of(outcome), checkpoint));
        }
        else
        {
            run.Report.Table([.. StatusText.Rows(run.Report, status, outcome)]);
            FailureText.Write(run.Report, outcome?.Failure ?? status.Incident?.Failure);
            if (OutcomeDocument.Of(outcome)?.Output is { } output)
            {
                run.Report.Line("");
                run.Report.Line("Output:");
                run.Report.Document(output);
            }

            checkpoint?.Write(run.Report);
        }

        return ExitCodes.Done;
    }
}

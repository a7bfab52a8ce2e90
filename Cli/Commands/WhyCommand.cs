using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Says what a process is waiting for.</summary>
internal sealed class WhyCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();

    /// <summary>Makes the command.</summary>
    public WhyCommand()
        : base(
            "why",
            "Says in one sentence what a process is waiting for; how it ended, when it has.",
            "owf why order-17") => Add(_id);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var id = run.Arguments.GetValue(_id);
        var status = await run.Processes.GetHandle(id).GetStatusAsync(run.CancellationToken);
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(id, status.WaitingFor));
        }
        else
        {
            run.Report.Line(status.WaitingFor);
        }

        return ExitCodes.Done;
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, string WaitingFor);
}

using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Shows one process.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();

    /// <summary>Makes the command.</summary>
    public ShowCommand()
        : base(
            "show",
            "Shows what a process does now, as of its last commit.",
            "owf show order-17",
            "owf show order-17 --json") => Add(_id);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var status = await run.Processes.GetHandle(run.Arguments.GetValue(_id)).GetStatusAsync(run.CancellationToken);
        if (run.Report.IsJson)
        {
            run.Report.Document(status);
        }
        else
        {
            run.Report.Table([.. Lines(status).Where(static line => line[1].Length > 0)]);
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string[]> Lines(ProcessStatus status)
    {
        var process = status.Summary;
        return
        [
            ["Id", process.Id.Value],
            ["Type", $"{PlainText.Of(process.Type)}, version {process.DefinitionVersion}"],
            ["State", PlainText.StateOf(process)],
            ["Exit code", process.ExitCode?.ToString() ?? ""],
            ["Waiting for", PlainText.Of(status.WaitingFor)],
            ["Position", PlainText.Of(status.Position)],
            ["Attempt", $"{status.Attempt}, after {status.StepsCompleted} completed steps"],
            ["Status text", PlainText.Of(process.StatusText)],
            ["Tags", PlainText.Of(process.Tags)],
            ["Pending", PlainText.Of(string.Join(", ", status.Pending))],
            ["Incident", status.Incident is { } incident ? $"{incident.Code} after {incident.Attempts} attempts, opened {PlainText.Of(incident.OpenedAt)}: {PlainText.Of(incident.Text)}" : ""],
            ["Remedy", PlainText.Of(status.Incident?.Remedy)],
            ["Parent", process.Parent?.Value ?? ""],
            ["Root", process.Parent is null ? "" : process.Root.Value],
            ["Created", PlainText.Of(process.CreatedAt)],
            ["Updated", $"{PlainText.Of(process.UpdatedAt)}, commit {process.Version}"],
            ["Due", PlainText.Of(process.DueAt)],
            ["Finished", PlainText.Of(process.FinishedAt)],
        ];
    }
}

using System.CommandLine;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Starts a process that was created, or is to start later.</summary>
internal sealed class ContinueCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly IncidentWait _end = new("Wait until it has ended, and write its output");

    /// <summary>Makes the command.</summary>
    public ContinueCommand()
        : base(
            "continue",
            "Starts a process that was created, or is to start later. One that has started goes on as it does.",
            "owf continue order-17",
            "owf continue order-17 --wait --json")
    {
        Add(_id);
        _end.AddTo(this);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var (status, outcome) = await process.ContinueAsync(run.CancellationToken);
        Incident? incident = null;
        if (outcome is null)
        {
            (outcome, incident) = await _end.AwaitEndAsync(run, process);
        }

        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, status, OutcomeDocument.Of(outcome), incident));
        }
        else if (outcome is null)
        {
            run.Report.Line(status switch
            {
                ControlStatus.Accepted => "Accepted.",
                ControlStatus.AlreadySo => "It has started before.",
                _ => $"The process {process.Id} is being killed.",
            });
        }

        return incident is null ? OutcomeDocument.Tell(run.Report, outcome) : ExitCodes.Incident;
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(
        ProcessId Id,
        ControlStatus Status,
        OutcomeDocument? Outcome,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Incident? Incident);
}

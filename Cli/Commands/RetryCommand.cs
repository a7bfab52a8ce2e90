namespace Orleans.Workflows.Cli.Commands;

/// <summary>Has a step with an incident tried again.</summary>
internal sealed class RetryCommand : ControlCommand
{
    /// <summary>Makes the command.</summary>
    public RetryCommand()
        : base(
            "retry",
            "Resolves an incident: the step is tried again. Refused when there is none.",
            "owf retry order-17",
            "owf retry order-17 --wait") =>
        WaitDescription = "Wait until the step has completed or has an incident again, and say what became of it";

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.RetryAsync(run.CancellationToken);

    /// <inheritdoc/>
    protected override async Task<int> WaitAsync(ProcessHandle process, CommandRun run)
    {
        var before = await process.GetStatusAsync(run.CancellationToken);
        var sent = await SendAndAwaitEffectAsync(process, run);
        if (IsRefused(sent))
        {
            return Tell(process.Id, sent, run);
        }

        var after = await run.WaitAsync(
            process.Id, token => process.UntilAsync(status => HasCome(status, before), token));
        var outcome = after.Summary.State.IsTerminal() ? await process.GetOutcomeAsync(run.CancellationToken) : null;
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(
                process.Id,
                sent.Status,
                sent.Effect,
                OutcomeDocument.Of(outcome),
                after.Incident,
                after.Position,
                after.WaitingFor));
        }
        else if (outcome is null)
        {
            run.Report.Line(Sentence(after, before));
        }

        return after.Incident is null ? OutcomeDocument.Tell(run.Report, outcome) : ExitCodes.Incident;
    }

    /// <summary>
    /// Whether it is known: the step has completed or has an incident again, or the process has ended or is paused.
    /// </summary>
    private static bool HasCome(ProcessStatus now, ProcessStatus before) =>
        now.Summary.State.IsTerminal()
        || now.StepsCompleted > before.StepsCompleted
        || (now.Incident is null
            ? now.Summary.Paused
            : IncidentText.KeyOf(now.Incident) != IncidentText.KeyOf(before.Incident));

    private static string Sentence(ProcessStatus after, ProcessStatus before)
    {
        var hasCompleted = after.StepsCompleted > before.StepsCompleted;
        return after.Incident switch
        {
            { } again when !hasCompleted => $"It failed again: {IncidentText.Of(again)}",
            { } other => $"The step has completed, and there is another incident, {IncidentText.Of(other)}",
            null when !hasCompleted => $"The process was paused before the step had completed: {after.WaitingFor}",
            null => $"The step has completed. The process goes on at {after.Position}: {after.WaitingFor}",
        };
    }

    /// <summary>The answer as JSON, with what became of it.</summary>
    private sealed record Document(
        ProcessId Id,
        ControlStatus Status,
        MessageEffect? Effect,
        OutcomeDocument? Outcome,
        Incident? Incident,
        string Position,
        string WaitingFor);
}

using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>
/// Tells a process something that it takes in when it can: pause, play, kill, retry, skip, edit, drop.
/// </summary>
internal abstract class ControlCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the process has taken it in" };

    /// <summary>Makes the command.</summary>
    protected ControlCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_id);
        Add(_wait);
    }

    /// <summary>Says what <c>--wait</c> waits for, where that is more.</summary>
    protected string WaitDescription
    {
        init => _wait.Description = value;
    }

    /// <inheritdoc/>
    public sealed override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        return run.Arguments.GetValue(_wait)
            ? await WaitAsync(process, run)
            : await AnswerAsync(process, run);
    }

    /// <summary>Sends the control.</summary>
    /// <param name="process">The process.</param>
    /// <param name="run">What was given, and what ends the attempts.</param>
    protected abstract Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run);

    /// <summary>Sends it, and does not wait.</summary>
    protected virtual async Task<int> AnswerAsync(ProcessHandle process, CommandRun run) =>
        Tell(process.Id, new Sent((await SendAsync(process, run)).Status, Effect: null), run);

    /// <summary>Sends it, and waits for what became of it.</summary>
    protected virtual async Task<int> WaitAsync(ProcessHandle process, CommandRun run) =>
        Tell(process.Id, await SendAndAwaitEffectAsync(process, run), run);

    /// <summary>Sends it, and waits until the process has taken it in.</summary>
    /// <returns>The answer, and what became of it.</returns>
    protected async Task<Sent> SendAndAwaitEffectAsync(ProcessHandle process, CommandRun run)
    {
        var result = await SendAsync(process, run);
        var sent = new Sent(result.Status, Effect: null);
        return IsRefused(sent)
            ? sent
            : sent with { Effect = await run.WaitAsync(process.Id, result.WaitForEffectAsync) };
    }

    /// <summary>Whether it has no effect.</summary>
    /// <returns>Whether it was refused, at once or later.</returns>
    protected static bool IsRefused(Sent sent) =>
        sent is { Status: not (ControlStatus.Accepted or ControlStatus.AlreadySo) }
            or { Effect: MessageEffect.Refused };

    /// <summary>Writes the answer.</summary>
    protected static int Tell(ProcessId id, Sent sent, CommandRun run)
    {
        var refused = IsRefused(sent);
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(id, sent.Status, sent.Effect));
        }
        else if (refused)
        {
            run.Report.Note($"Refused: {Sentence(id, sent)}");
        }
        else
        {
            run.Report.Line(Sentence(id, sent));
        }

        return refused ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static string Sentence(ProcessId id, Sent sent) => sent switch
    {
        { Status: ControlStatus.RefusedTerminal } => $"the process {id} has ended.",
        { Status: ControlStatus.RefusedBeingKilled } => $"the process {id} is being killed.",
        { Status: ControlStatus.RefusedNoIncident } => $"the process {id} has no incident of a step.",
        { Status: ControlStatus.RefusedNoSignal } =>
            $"the process {id} has no such signal, or has taken it in. See 'owf history {id}'.",
        { Status: ControlStatus.RefusedNotPaused } => $"the process {id} is not paused.",
        { Effect: MessageEffect.Refused } => $"it came too late for the process {id}. See 'owf history {id}'.",
        { Effect: MessageEffect.Applied } => "Applied.",
        { Status: ControlStatus.AlreadySo } => "Already so.",
        _ => "Accepted.",
    };

    /// <summary>An answer.</summary>
    /// <param name="Status">Whether it is on its way.</param>
    /// <param name="Effect">What became of it; null when that was not awaited.</param>
    protected sealed record Sent(ControlStatus Status, MessageEffect? Effect);

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, ControlStatus Status, MessageEffect? Effect);
}

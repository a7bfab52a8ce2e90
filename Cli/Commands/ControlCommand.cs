using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Tells a process something that it takes in when it can: pause, play, kill, retry, skip, edit.</summary>
internal abstract class ControlCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the process has taken it in" };

    /// <summary>Makes the command.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="examples">Whole command lines for its help.</param>
    protected ControlCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_id);
        Add(_wait);
    }

    /// <inheritdoc/>
    public sealed override async Task<int> RunAsync(CommandRun run)
    {
        var id = run.Arguments.GetValue(_id);
        var result = await SendAsync(run.Processes.GetHandle(id), run);
        var refused = result.Status is not (ControlStatus.Accepted or ControlStatus.AlreadySo);
        MessageEffect? effect = run.Arguments.GetValue(_wait) && !refused ? await run.WaitAsync(id, result.WaitForEffectAsync) : null;
        refused |= effect == MessageEffect.Refused;
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(id, result.Status, effect));
        }
        else if (refused)
        {
            run.Report.Note($"Refused: {Sentence(id, result.Status, effect)}");
        }
        else
        {
            run.Report.Line(Sentence(id, result.Status, effect));
        }

        return refused ? ExitCodes.Failed : ExitCodes.Done;
    }

    /// <summary>Sends the control.</summary>
    /// <param name="process">The process.</param>
    /// <param name="run">What was given, and what ends the attempts.</param>
    /// <returns>The answer.</returns>
    protected abstract Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run);

    private static string Sentence(ProcessId id, ControlStatus status, MessageEffect? effect) => (status, effect) switch
    {
        (ControlStatus.RefusedTerminal, _) => $"the process {id} has ended.",
        (ControlStatus.RefusedBeingKilled, _) => $"the process {id} is being killed.",
        (ControlStatus.RefusedNoIncident, _) => $"the process {id} has no incident of a step.",
        (ControlStatus.RefusedNotPaused, _) => $"the process {id} is not paused.",
        (_, MessageEffect.Refused) => $"it came too late for the process {id}. See 'owf history {id}'.",
        (_, MessageEffect.Applied) => "Applied.",
        (ControlStatus.AlreadySo, _) => "Already so.",
        _ => "Accepted.",
    };

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, ControlStatus Status, MessageEffect? Effect);
}

using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Kills a process.</summary>
internal sealed class KillCommand : ControlCommand
{
    /// <summary>After how long a wait says what it waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Option<string?> _text = new("--text") { Description = "Why; kept and shown", HelpName = "TEXT" };
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Abandon a running step at once, without its grace period; no hook runs",
    };

    /// <summary>Makes the command.</summary>
    public KillCommand()
        : base(
            "kill",
            "Ends a process as Killed, with its children. Nothing takes an accepted kill back.",
            "owf kill order-17 --text 'the customer has cancelled' --wait",
            "owf kill order-17 --force")
    {
        Add(_text);
        Add(_force);
    }

    /// <inheritdoc/>
    protected override async Task<int> AnswerAsync(ProcessHandle process, CommandRun run)
    {
        var code = await base.AnswerAsync(process, run);
        if (code == ExitCodes.Done)
        {
            await SayWhyAsync(process, run, run.CancellationToken);
        }

        return code;
    }

    /// <inheritdoc/>
    protected override async Task<int> WaitAsync(ProcessHandle process, CommandRun run)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        var note = NoteAsync(process, run, done.Token);
        try
        {
            return await base.WaitAsync(process, run);
        }
        finally
        {
            await done.CancelAsync();
            await note.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task NoteAsync(ProcessHandle process, CommandRun run, CancellationToken cancellationToken)
    {
        await Task.Delay(Patience, TimeProvider.System, cancellationToken);
        await SayWhyAsync(process, run, cancellationToken);
    }

    /// <summary>
    /// A step may not answer, and then the kill takes as long as its grace period: its caller learns what to do.
    /// </summary>
    private static async Task SayWhyAsync(ProcessHandle process, CommandRun run, CancellationToken cancellationToken)
    {
        var status = await process.GetStatusAsync(cancellationToken);
        if (status.Summary is { State: ProcessState.Running, Paused: false })
        {
            run.Report.Note(status.WaitingFor);
        }
    }

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.KillAsync(run.Arguments.GetValue(_text), run.Arguments.GetValue(_force), run.CancellationToken);
}

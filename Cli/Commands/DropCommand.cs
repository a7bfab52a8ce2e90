using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Drops a signal that a process has not taken in.</summary>
internal sealed class DropCommand : ControlCommand
{
    private readonly Argument<string> _signalId = new("SIGNAL-ID")
    {
        Description = "The id with which the signal was sent; an incident names it, and so does 'owf history'",
    };

    private readonly Option<string?> _note = new("--note")
    {
        Description = "Who drops it and why; kept in the history",
        HelpName = "TEXT",
    };

    /// <summary>Makes the command.</summary>
    public DropCommand()
        : base(
            "drop",
            "Drops a signal that a process has not taken in. An incident stays: see retry.",
            "owf drop order-17 mail-2291 --note 'sent by the old client' --wait")
    {
        Add(_signalId);
        Add(_note);
    }

    /// <inheritdoc/>
    protected override Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run) =>
        process.DropSignalAsync(
            run.Arguments.GetRequiredValue(_signalId),
            run.Arguments.GetValue(_note),
            run.CancellationToken);
}

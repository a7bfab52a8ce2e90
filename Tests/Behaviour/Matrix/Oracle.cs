namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>
/// What two controls do to a process, said without the engine: kill is final and its first text stays; pause and play
/// overwrite each other, the last text stays; a signal is kept until it is waited for and the process is not paused.
/// </summary>
public sealed class Oracle
{
    private readonly Situation _situation;
    private bool _forced;

    /// <summary>Begins in a situation.</summary>
    /// <param name="situation">The situation.</param>
    public Oracle(Situation situation)
    {
        _situation = situation;
        IsPaused =
            situation
                is Situation.CreatedPaused
                    or Situation.WaitingPaused
                    or Situation.RunningPaused
                    or Situation.Incident;
        PauseText = situation is Situation.WaitingPaused or Situation.RunningPaused ? "before" : null;
    }

    /// <summary>Whether it is paused when everything has had its effect.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The text of its pause; null when none was given.</summary>
    public string? PauseText { get; private set; }

    /// <summary>The text with which it is killed; null when it is not.</summary>
    public string? KillText { get; private set; }

    /// <summary>Whether it had ended before.</summary>
    public bool HadEnded => _situation >= Situation.Finished;

    /// <summary>Whether a signal was sent to it.</summary>
    public bool IsSignalled { get; private set; }

    /// <summary>
    /// Whether it comes to its end by itself: it has started and has its signal, and nothing holds it.
    /// </summary>
    public bool Finishes =>
        !HadEnded && KillText is null && IsSignalled && !IsPaused && _situation != Situation.Created;

    /// <summary>Sends a control.</summary>
    /// <param name="control">The control.</param>
    /// <param name="text">Its text.</param>
    /// <returns>What its sender may be told: more than one when it depends on how far a kill is.</returns>
    public IReadOnlyList<Answer> Send(Control control, string text)
    {
        if (HadEnded)
        {
            return control is Control.Kill or Control.Force && _situation == Situation.Killed
                ? [Answer.AlreadySo]
                : [Answer.Ended];
        }

        if (KillText is not null)
        {
            return SendToDying(control);
        }

        switch (control)
        {
            case Control.Pause:
                var wasPaused = IsPaused;
                (IsPaused, PauseText) = (true, text);
                return [wasPaused ? Answer.AlreadySo : Answer.Accepted];
            case Control.Play:
                wasPaused = IsPaused;
                (IsPaused, PauseText) = (false, null);
                return [wasPaused ? Answer.Accepted : Answer.AlreadySo];
            case Control.Kill or Control.Force:
                KillText = text;
                _forced = control == Control.Force;
                return [Answer.Accepted];
            default:
                IsSignalled = true;
                return [Answer.Accepted];
        }
    }

    private IReadOnlyList<Answer> SendToDying(Control control) => control switch
    {
        Control.Kill => [Answer.AlreadySo],
        Control.Force => _forced ? [Answer.AlreadySo] : [Answer.Accepted, Answer.AlreadySo],
        Control.Resume => [Answer.Accepted, Answer.Ended],
        _ => [Answer.BeingKilled, Answer.Ended],
    };
}

using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Lets the ends of many children gather, so that their parent's row is not written for each. Whoever waits for few
/// children, or for something else, is not held up at all; a parent of many hears what else is sent to it, a kill too,
/// at once when it has not looked for <see cref="Longest"/>, and by then at the latest.
/// </summary>
/// <remarks>
/// Each end comes with a poke, so pokes are counted; one that was lost or came twice only changes when the parent
/// looks.
/// </remarks>
/// <param name="time">Real time but in tests: it is about the database, not about processes.</param>
/// <param name="elapsed">Is told when they have gathered for long enough, from any thread.</param>
internal sealed class EndGathering(TimeProvider time, Action elapsed)
{
    /// <summary>How long ends gather at most, from the last look on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>With fewer children left than this, each end is taken in at once.</summary>
    public const int Few = 16;

    /// <summary>How many ends are taken in at once, however many children are left.</summary>
    public const int Most = 128;

    private int _pokes;
    private bool _isOver;
    private long _lastLook;
    private ITimer? _timer;

    /// <summary>Whether something is held up.</summary>
    public bool IsHolding => _timer is not null;

    /// <summary>Counts a poke.</summary>
    public void Count() => _pokes++;

    /// <summary>Lets the next look be made at once.</summary>
    public void Hurry() => _isOver = true;

    /// <summary>Decides about a look into the inbox. When it is to wait, <c>elapsed</c> is told later.</summary>
    /// <param name="state">The process; null when it is not loaded.</param>
    /// <param name="isSlicing">Whether its step is storing children, slice after slice.</param>
    public bool HoldsUp(EngineState? state, bool isSlicing)
    {
        var wait = Longest - time.GetElapsedTime(_lastLook);
        if (_isOver || wait <= TimeSpan.Zero || _pokes >= Enough(state, isSlicing))
        {
            Stop();
            _lastLook = time.GetTimestamp();
            return false;
        }

        _timer ??= time.CreateTimer(static over => ((Action)over!)(), elapsed, wait, Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>Begins anew: what had gathered is looked at, or nobody looks any more.</summary>
    public void Stop()
    {
        _pokes = 0;
        _isOver = false;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>
    /// How many ends are worth a commit: fewer when they are the last, or half of the places are free.
    /// </summary>
    private static int Enough(EngineState? state, bool isSlicing) =>
        state switch
        {
            { InFlight: true } => isSlicing ? Most : 0,
            { Checkpoint.Wait: WaitState.Children { Left: >= Few } wait } => Math.Min(
                Math.Min(wait.Left, (wait.MaxConcurrency ?? Most * 2) / 2),
                Most),
            _ => 0,
        };
}

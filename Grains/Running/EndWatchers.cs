using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Those who asked to be told of a process's end.</summary>
internal sealed class EndWatchers
{
    /// <summary>A little more than the 15 seconds after which clients ask again. Real time, as theirs is.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    private readonly Dictionary<IProcessObserver, long> _observers = [];

    /// <summary>Whether there is one: such a process stays in memory, or its end would be told late.</summary>
    public bool Any => _observers.Values.Any(IsAlive);

    /// <summary>Adds one, or renews it.</summary>
    public void Add(IProcessObserver observer) => _observers[observer] = TimeProvider.System.GetTimestamp();

    /// <summary>Tells all that the process has ended.</summary>
    public void TellEnd(ProcessOutcome outcome) => Tell(observer => observer.EndedAsync(outcome));

    /// <summary>Tells all to ask again: what they get then is more than what they asked.</summary>
    public void TellToAskAgain(ProcessId id) => Tell(observer => observer.MovedAsync(id));

    /// <summary>Tells each once. What is lost on the way is found when the observer asks again.</summary>
    private void Tell(Func<IProcessObserver, Task> tell)
    {
        foreach (var (observer, since) in _observers)
        {
            if (IsAlive(since))
            {
                tell(observer).Ignore();
            }
        }

        _observers.Clear();
    }

    private static bool IsAlive(long since) => TimeProvider.System.GetElapsedTime(since) < Life;
}

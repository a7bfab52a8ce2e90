using System.Collections.Concurrent;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// The queue of a lane: items come from any thread, and are handled one at a time on the activation's scheduler.
/// </summary>
internal sealed class LaneQueue
{
    private readonly Activation _activation;

    // Kept: it begins anew with almost each item.
    private readonly Func<Task> _pump;
    private readonly ConcurrentQueue<LaneItem> _items = new();
    private int _pumping;
    private int _poked;

    /// <summary>Makes the queue of an activation.</summary>
    public LaneQueue(Activation activation) => (_activation, _pump) = (activation, PumpAsync);

    /// <summary>Handles an item; never throws.</summary>
    public Func<LaneItem, Task> Handle { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Adds an item, from any thread.</summary>
    public void Post(LaneItem item)
    {
        _items.Enqueue(item);
        if (Interlocked.CompareExchange(ref _pumping, 1, 0) == 0)
        {
            _ = _activation.Run(_pump);
        }
    }

    /// <summary>Adds a poke, from any thread. Pokes that come before it is handled are one with it.</summary>
    public void Poke()
    {
        if (Interlocked.Exchange(ref _poked, 1) == 0)
        {
            Post(new LaneItem.Poked());
        }
    }

    /// <summary>Takes what has gathered behind an event, as far as it is events.</summary>
    public List<LaneItem.Event> Gather(LaneItem.Event first)
    {
        var gathered = new List<LaneItem.Event> { first };
        while (_items.TryPeek(out var next) && next is LaneItem.Event more && _items.TryDequeue(out _))
        {
            gathered.Add(more);
        }

        return gathered;
    }

    /// <summary>Answers everything that is in the queue that nothing more is done.</summary>
    public void Refuse()
    {
        while (_items.TryDequeue(out var item))
        {
            item.Refuse(_activation.Id);
        }
    }

    /// <summary>Waits until nothing is handled or queued.</summary>
    /// <returns>Completes when it is quiet, or the time is over.</returns>
    public async Task QuietAsync(Func<bool> condition, TimeSpan longest)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (
            (Volatile.Read(ref _pumping) == 1 || !_items.IsEmpty || !condition())
            && TimeProvider.System.GetElapsedTime(began) < longest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private async Task PumpAsync()
    {
        do
        {
            while (_items.TryDequeue(out var item))
            {
                if (item is LaneItem.Poked)
                {
                    Volatile.Write(ref _poked, 0);
                }

                await Handle(item);
            }

            // A full fence: an item that is posted now sees that nobody pumps, or is seen here.
            Interlocked.Exchange(ref _pumping, 0);
        }
        while (!_items.IsEmpty && Interlocked.CompareExchange(ref _pumping, 1, 0) == 0);
    }
}

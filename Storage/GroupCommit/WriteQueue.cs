namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// A silo's queue of writes. Writers take from it what has gathered; items of one process stay in order and apart.
/// </summary>
internal sealed class WriteQueue(GroupCommitOptions options, int writers) : IDisposable
{
    /// <summary>After so many batches, twice as many at most, a shortest one is forgotten.</summary>
    private const int WritesOfLate = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<ProcessId, WaitingItems> _byProcess = [];
    private readonly Queue<WaitingItems> _urgentLane = new();
    private readonly Queue<WaitingItems> _ordinaryLane = new();
    private readonly SemaphoreSlim _signal = new(0);
    private long _movedAt;
    private TimeSpan? _shortestWrite;
    private TimeSpan? _shortestBefore;
    private int _writes;
    private int _queued;
    private int _aside;
    private bool _ordinaryPassedOver;
    private bool _closed;

    /// <summary>Whether it takes nothing more and has nothing that a writer could take.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
            {
                return _closed && _aside == 0 && _urgentLane.Count == 0 && _ordinaryLane.Count == 0;
            }
        }
    }

    /// <summary>The number of items that no writer has taken.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>The number of items that are set aside.</summary>
    public int Aside => Volatile.Read(ref _aside);

    /// <summary>When a batch was written last, or there was nothing to write, by the clock of the group.</summary>
    public long MovedAt
    {
        get => Volatile.Read(ref _movedAt);
        set => Volatile.Write(ref _movedAt, value);
    }

    /// <summary>
    /// How long a batch takes at least, of late: what the database is like, however busy the silo is. Zero before the
    /// first.
    /// </summary>
    public TimeSpan WriteTime
    {
        get
        {
            lock (_lock)
            {
                return (_shortestBefore < _shortestWrite ? _shortestBefore : _shortestWrite) ?? TimeSpan.Zero;
            }
        }
    }

    /// <summary>Notes how long a batch took.</summary>
    public void NoteWriteTime(TimeSpan time)
    {
        lock (_lock)
        {
            if (_writes++ % WritesOfLate == 0)
            {
                (_shortestBefore, _shortestWrite) = (_shortestWrite, time);
            }
            else if (time < _shortestWrite)
            {
                _shortestWrite = time;
            }
        }
    }

    /// <summary>Queues an item.</summary>
    /// <returns>Whether it is queued, and if not, why.</returns>
    public Admission Add(WriteItem item)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return Admission.Closed;
            }

            if (item.IsRefusable && _queued >= options.MaxQueued)
            {
                return Admission.Full;
            }

            if (!_byProcess.TryGetValue(item.Id, out var waiting))
            {
                _byProcess.Add(item.Id, waiting = new WaitingItems(item.Id));
            }

            (item.IsUrgent ? waiting.Urgent : waiting.Ordinary).Enqueue(item);
            _queued++;
            PutInLanes(waiting);
            return Admission.Taken;
        }
    }

    /// <summary>Takes an item out, unless a writer has it.</summary>
    /// <returns>Whether it is out: nothing of it will be written.</returns>
    public bool Cancel(WriteItem item)
    {
        lock (_lock)
        {
            if (item.IsTaken || item.IsCanceled)
            {
                return false;
            }

            item.IsCanceled = true;
            _queued--;
            return true;
        }
    }

    /// <summary>Waits until there may be something to take, or the queue is closed.</summary>
    public Task WaitAsync() => _signal.WaitAsync();

    /// <summary>
    /// Takes what has gathered: urgent items first, at most one per process, within the bounds of a batch. When they
    /// left no room for any other, the next batch begins with the others: a steady flow of messages must not hold up
    /// what processes write.
    /// </summary>
    /// <returns>
    /// The items by rising id; empty when there are none that can be taken now. They are held until
    /// <see cref="Release"/>.
    /// </returns>
    public List<WriteItem> Take()
    {
        var batch = new List<WriteItem>();
        lock (_lock)
        {
            var bytes = 0L;
            var ordinaryFirst = _ordinaryPassedOver;
            if (TakeFrom(ordinaryFirst ? _ordinaryLane : _urgentLane, urgent: !ordinaryFirst, batch, ref bytes))
            {
                TakeFrom(ordinaryFirst ? _urgentLane : _ordinaryLane, urgent: ordinaryFirst, batch, ref bytes);
            }

            _ordinaryPassedOver = !ordinaryFirst && _ordinaryLane.Count > 0;
        }

        batch.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return batch;
    }

    /// <summary>Gives the processes of a batch free for their next items.</summary>
    public void Release(List<WriteItem> batch)
    {
        lock (_lock)
        {
            foreach (var item in batch)
            {
                var waiting = _byProcess[item.Id];
                waiting.IsInBatch = false;
                PutInLanes(waiting);
                Forget(waiting);
            }
        }
    }

    /// <summary>
    /// Gives the processes of items free that cannot be written now, but for what has to stay behind those items: later
    /// commits.
    /// </summary>
    public void SetAside(IEnumerable<WriteItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items)
            {
                var waiting = _byProcess[item.Id];
                waiting.IsInBatch = false;
                waiting.IsAside |= !item.IsUrgent;
                _aside++;
                PutInLanes(waiting);
                Forget(waiting);
            }
        }
    }

    /// <summary>Ends what <see cref="SetAside"/> began: what is behind the items comes in its turn.</summary>
    /// <param name="items">The items, which have their outcome.</param>
    public void EndAside(IEnumerable<WriteItem> items)
    {
        lock (_lock)
        {
            foreach (var item in items)
            {
                _aside--;
                if (!item.IsUrgent && _byProcess[item.Id] is var waiting)
                {
                    waiting.IsAside = false;
                    PutInLanes(waiting);
                    Forget(waiting);
                }
            }

            if (_closed)
            {
                _signal.Release(writers);
            }
        }
    }

    /// <summary>Takes nothing more; the writers end when they find the queue empty.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _signal.Release(writers);
        }
    }

    /// <summary>Takes out everything that waits.</summary>
    /// <returns>The items, each of which needs an outcome.</returns>
    public List<WriteItem> Clear()
    {
        lock (_lock)
        {
            var rest = _byProcess
                .Values.SelectMany(w => w.Urgent.Concat(w.Ordinary))
                .Where(i => !i.IsCanceled)
                .ToList();
            foreach (var waiting in _byProcess.Values)
            {
                waiting.Urgent.Clear();
                waiting.Ordinary.Clear();
            }

            rest.ForEach(i => i.IsTaken = true);
            _queued = 0;
            return rest;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private bool TakeFrom(Queue<WaitingItems> lane, bool urgent, List<WriteItem> batch, ref long bytes)
    {
        while (batch.Count < options.MaxBatchItems && lane.TryPeek(out var waiting))
        {
            var items = urgent ? waiting.Urgent : waiting.Ordinary;
            while (items.TryPeek(out var canceled) && canceled.IsCanceled)
            {
                items.Dequeue();
            }

            if (!waiting.IsInBatch && items.TryPeek(out var item))
            {
                if (batch.Count > 0 && bytes + item.SizeBytes > options.MaxBatchBytes)
                {
                    return false;
                }

                items.Dequeue();
                item.IsTaken = true;
                waiting.IsInBatch = true;
                bytes += item.SizeBytes;
                batch.Add(item);
                _queued--;
            }

            lane.Dequeue();
            LeaveLane(waiting, urgent);
            Forget(waiting);
        }

        return batch.Count < options.MaxBatchItems;
    }

    private void PutInLanes(WaitingItems waiting)
    {
        if (waiting.IsInBatch)
        {
            return;
        }

        if (waiting.Urgent.Count > 0 && !waiting.InUrgentLane)
        {
            waiting.InUrgentLane = true;
            _urgentLane.Enqueue(waiting);
            Signal();
        }

        if (waiting.Ordinary.Count > 0 && !waiting.InOrdinaryLane && !waiting.IsAside)
        {
            waiting.InOrdinaryLane = true;
            _ordinaryLane.Enqueue(waiting);
            Signal();
        }
    }

    private static void LeaveLane(WaitingItems waiting, bool urgent)
    {
        if (urgent)
        {
            waiting.InUrgentLane = false;
        }
        else
        {
            waiting.InOrdinaryLane = false;
        }
    }

    private void Forget(WaitingItems waiting)
    {
        if (waiting.IsForgettable)
        {
            _byProcess.Remove(waiting.Id);
        }
    }

    private void Signal()
    {
        if (_signal.CurrentCount < writers)
        {
            _signal.Release();
        }
    }
}

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One writer: takes batches, has them executed and gives each caller its own outcome.</summary>
/// <param name="queue">Where the batches come from.</param>
/// <param name="executor">Executes them; it ends with the writer.</param>
/// <param name="watch">Takes over what has to wait for locks of other sessions.</param>
/// <param name="timeProvider">The clock by which it is told how long a write takes.</param>
/// <param name="instruments">Measure each batch.</param>
internal sealed class BatchWriter(
    WriteQueue queue, BatchExecutor executor, LockWatch watch, TimeProvider timeProvider, WriteInstruments instruments)
{
    /// <summary>Writes until the queue is closed and empty.</summary>
    public async Task RunAsync()
    {
        do
        {
            await queue.WaitAsync();
            while (queue.Take() is { Count: > 0 } batch)
            {
                var (recorded, began) = (instruments.Begin(), timeProvider.GetTimestamp());
                var locked = await executor.ExecuteAsync(batch);
                queue.NoteWriteTime(timeProvider.GetElapsedTime(began));
                instruments.End(recorded, batch.Count);
                if (locked.Count > 0)
                {
                    var waiting = locked.Select(static l => l.Item).ToHashSet();
                    batch.RemoveAll(waiting.Contains);
                    watch.Add(locked);
                }

                queue.Release(batch);
                batch.ForEach(static item => item.Deliver());
            }
        }
        while (!queue.IsDrained);
        await executor.DisposeAsync();
    }
}

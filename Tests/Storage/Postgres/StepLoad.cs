using System.Diagnostics;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// Processes that are taken from version to version without a pause, each by a task that believes what it is told.
/// </summary>
internal sealed class StepLoad : IAsyncDisposable
{
    private readonly IProcessStore _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task<(string Id, long Version)>> _steppers = [];
    private int _done;
    private long _longest;

    private StepLoad(IProcessStore store) => _store = store;

    /// <summary>How many steps were acknowledged.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The longest time that a step has taken from its commit to its answer.</summary>
    public TimeSpan LongestStep => TimeSpan.FromTicks(Volatile.Read(ref _longest));

    /// <summary>Begins.</summary>
    /// <param name="store">Where.</param>
    /// <param name="processes">How many processes.</param>
    /// <returns>The load.</returns>
    public static async Task<StepLoad> StartAsync(IProcessStore store, int processes)
    {
        var load = new StepLoad(store);
        var inserts = Enumerable.Range(0, processes).Select(static i => A.Insert(A.Row($"load-{i:00}"))).ToList();
        var inserted = await Task.WhenAll(
            inserts.Select(insert => store.CommitAsync(insert, TestContext.Current.CancellationToken)));
        inserted.ShouldAllBe(static r => r.Status == CommitStatus.Done);
        load._steppers.AddRange(inserts.Select(insert => load.StepAsync(insert.Row)));
        return load;
    }

    /// <summary>Waits until a number of steps were acknowledged.</summary>
    /// <param name="steps">How many, since the start.</param>
    /// <returns>Completes then.</returns>
    public Task GoesOnAsync(int steps) =>
        Eventually.TrueAsync(
            $"{steps} steps are acknowledged",
            () => Volatile.Read(ref _done) >= steps || _steppers.Exists(static s => s.IsFaulted));

    /// <summary>Ends.</summary>
    /// <returns>The version that each process must have, by what its task was told.</returns>
    public async Task<(string Id, long Version)[]> EndAsync()
    {
        await _stop.CancelAsync();
        return await Task.WhenAll(_steppers);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Task.WhenAll(_steppers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<(string Id, long Version)> StepAsync(ProcessRow row)
    {
        var step = A.Step(row);
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var result = await _store.CommitAsync(step, CancellationToken.None);
            Note(Stopwatch.GetElapsedTime(began).Ticks);

            // Unavailable means that nothing was written: the same step is tried again, and must not meet itself.
            result.Status.ShouldBeOneOf(
                [CommitStatus.Done, CommitStatus.Unavailable],
                $"{row.Id} version {step.Row.Version}");
            if (result.Status is CommitStatus.Done)
            {
                row = step.Row;
                step = A.Step(row);
                Interlocked.Increment(ref _done);
            }
        }

        return (row.Id.Value, row.Version);
    }

    private void Note(long ticks)
    {
        for (var longest = Volatile.Read(ref _longest); ticks > longest;)
        {
            longest = Interlocked.CompareExchange(ref _longest, ticks, longest) is var seen && seen == longest
                ? ticks
                : seen;
        }
    }
}

using System.Collections.Concurrent;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>The store behind all silos. Looks at every commit that is done, and tells the outside of it.</summary>
/// <param name="time">The clock of all.</param>
/// <param name="longestSkew">How far a silo's clock may be ahead of it.</param>
internal sealed class WatchedStore(TimeProvider time, TimeSpan longestSkew)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<ProcessId, ProcessView> _views = new();
    private readonly ConcurrentDictionary<(ProcessId Id, int Step), int> _winners = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private long _commits;

    /// <summary>The store.</summary>
    public MemoryProcessStore Inner { get; } = new();

    /// <summary>Is told of each process that has changed.</summary>
    public Action<ProcessView>? Changed { get; set; }

    /// <summary>How many commits were done.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>What no commit may do, and one has done.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Every process that there is, as of its last commit.</summary>
    public IReadOnlyDictionary<ProcessId, ProcessView> Views => _views;

    /// <summary>The attempt whose result was committed.</summary>
    /// <param name="id">The process.</param>
    /// <param name="step">The step's number.</param>
    /// <returns>The attempt; null when the step was not completed.</returns>
    public int? WinnerOf(ProcessId id, int step) => _winners.TryGetValue((id, step), out var attempt) ? attempt : null;

    /// <summary>Commits and looks at it.</summary>
    /// <param name="commit">The commit.</param>
    /// <returns>The outcome.</returns>
    public CommitResult Commit(ProcessCommit commit)
    {
        var changed = new List<ProcessView>();
        CommitResult result;
        lock (_lock)
        {
            // The memory store answers at once, so that the order here is the order of the commits.
            result = Inner.CommitAsync(commit, CancellationToken.None).GetAwaiter().GetResult();
            if (result.Status == CommitStatus.Done)
            {
                Look(commit, changed);
            }
        }

        changed.ForEach(view => Changed?.Invoke(view));
        return result;
    }

    /// <summary>Forgets everything: a batch is over.</summary>
    /// <returns>Completes when it is forgotten.</returns>
    public async Task ClearAsync()
    {
        _views.Clear();
        _winners.Clear();
        _faults.Clear();
        await Inner.PurgeAsync(DateTimeOffset.MaxValue, int.MaxValue, CancellationToken.None);
    }

    private void Look(ProcessCommit commit, List<ProcessView> changed)
    {
        var before = _views.GetValueOrDefault(commit.Row.Id);
        if (before?.Row.Version >= commit.Row.Version)
        {
            // The same commit again.
            return;
        }

        Interlocked.Increment(ref _commits);
        var after = ProcessView.Of(commit.Row, before);
        if (before is not null)
        {
            Compare(commit, before, after);
        }

        foreach (
            var view in commit
                .Children.Where(child => !_views.ContainsKey(child.Id))
                .Select(static child => ProcessView.Of(child, before: null))
                .Prepend(after))
        {
            _views[view.Row.Id] = view;
            changed.Add(view);
        }
    }

    private void Compare(ProcessCommit commit, ProcessView before, ProcessView after)
    {
        var id = commit.Row.Id;
        Expect(
            after.Row.Version == before.Row.Version + 1,
            $"{id} goes from version {before.Row.Version} to {after.Row.Version}");
        Expect(!before.Row.State.IsTerminal(), $"{id} is {before.Row.State} and goes on to {after.Row.State}");
        Expect(
            after.Checkpoint.Step - before.Checkpoint.Step is 0 or 1,
            $"{id} goes from step {before.Checkpoint.Step} to {after.Checkpoint.Step} in one commit");
        Expect(
            after.Checkpoint.Step > before.Checkpoint.Step || after.Checkpoint.Attempt >= before.Checkpoint.Attempt,
            $"{id} goes back from attempt {before.Checkpoint.Attempt} to {after.Checkpoint.Attempt} of step "
            + $"{after.Checkpoint.Step}");
        if (commit.History.Any(static happened => happened.Kind == HistoryKind.StepCompleted))
        {
            Expect(
                _winners.TryAdd((id, before.Checkpoint.Step), before.Checkpoint.Attempt),
                $"{id} completes step {before.Checkpoint.Step} twice");
            Expect(
                before.Row is { State: ProcessState.Running, Paused: false },
                $"{id} completes a step while it is {before.Row.State}, paused: {before.Row.Paused}");
        }

        if (
            commit.History.Any(static happened => happened.Kind == HistoryKind.TimerFired)
            && before.Checkpoint.Wait?.Until is { } until)
        {
            var now = time.GetUtcNow() + longestSkew;
            Expect(until <= now, $"{id} has a timer for {until:O} that fires at {now:O}");
        }
    }

    private void Expect(bool isSo, string fault)
    {
        if (!isSo)
        {
            _faults.Enqueue(fault);
        }
    }
}

using System.Globalization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>Lets processes go on: plays scripts to them, and moves the clock when nothing else can happen.</summary>
/// <param name="store">The store, as it is.</param>
/// <param name="time">The clock.</param>
/// <param name="client">Through which it looks at processes.</param>
/// <param name="grains">Finds their grains, as a silo does.</param>
/// <param name="stepPatience">How long a step may run in real time before it seems to wait for something.</param>
internal sealed class Conductor(
    IProcessStore store,
    TestTime time,
    Func<IProcessClient> client,
    Func<IGrainFactory> grains,
    TimeSpan stepPatience)
{
    private const int Explained = 10;

    /// <summary>How long nothing may move at all.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an activation may take to answer before its step counts as one that holds its thread.
    /// </summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the processes of others may hold the clock up without moving.</summary>
    private static readonly TimeSpan NeighboursPatience = TimeSpan.FromSeconds(1);

    /// <summary>What a timer that has fired gets to show its effect.</summary>
    private static readonly TimeSpan TimerPatience = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Restlessness _restlessness = new();

    private long _signature;
    private long _movedAt;
    private long _firedAt;
    private long _heldAt;

    /// <summary>How long a step may run beside a script before it seems to wait for something.</summary>
    private TimeSpan RunPatience => stepPatience * 2;

    private TimeSpan Patience => RunPatience > LongestPatience ? RunPatience : LongestPatience;

    private TimeSpan Unmoved => TimeProvider.System.GetElapsedTime(_movedAt);

    /// <summary>Waits until nothing happens any more.</summary>
    /// <exception cref="WorkflowTestException">Something runs and does not move.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Moved();
        _restlessness.Begin();
        for (var live = await ListLiveAsync(cancellationToken).ConfigureAwait(false);
             !await RestsAsync(live, live, cancellationToken).ConfigureAwait(false);
             live = await ListLiveAsync(cancellationToken).ConfigureAwait(false))
        {
            await PauseAsync(live, [], stepPatience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Plays until all processes have ended.</summary>
    /// <param name="players">The processes, and what happens to them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkflowTestException">One waits for what neither time nor its script brings.</exception>
    public async Task ConductAsync(IReadOnlyList<ScriptPlayer> players, CancellationToken cancellationToken)
    {
        Moved();
        _restlessness.Begin();
        try
        {
            for (var active = players.ToList(); ;)
            {
                var live = await ListLiveAsync(cancellationToken).ConfigureAwait(false);
                foreach (var over in active.Where(player => player.IsOver(live.ContainsKey(player.Id))).ToList())
                {
                    active.Remove(over);
                    await over.CheckNamesAsync(client(), cancellationToken).ConfigureAwait(false);
                }

                if (active.Count == 0)
                {
                    return;
                }

                if (!await PlayAsync(active, live, cancellationToken).ConfigureAwait(false)
                    && time.CanMove
                    && !await LetTimePassAsync(active, live, cancellationToken).ConfigureAwait(false))
                {
                    throw await StuckAsync(
                            "Nothing happens any more, and no timer is set.",
                            live,
                            active,
                            cancellationToken)
                        .ConfigureAwait(false);
                }

                await PauseAsync(live, active, Patience, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var player in players)
            {
                await player.FinishAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Moves the clock when nothing else can happen.</summary>
    /// <returns>False when everything rests, and no timer is set.</returns>
    private async Task<bool> LetTimePassAsync(
        List<ScriptPlayer> active,
        Dictionary<ProcessId, ProcessSummary> live,
        CancellationToken cancellationToken)
    {
        var unmoved = Unmoved;
        var watched = unmoved < NeighboursPatience ? live : FamiliesOf(active, live);
        if (await RestsAsync(watched, live, cancellationToken).ConfigureAwait(false))
        {
            _restlessness.Begin();
            return await time.AdvanceToNextTimerAsync(cancellationToken).ConfigureAwait(false);
        }

        if (unmoved <= stepPatience || TimeProvider.System.GetElapsedTime(_firedAt) <= TimerPatience)
        {
            return true;
        }

        if (time.AdvanceToOverdueTimer())
        {
            _firedAt = TimeProvider.System.GetTimestamp();
        }
        else if (unmoved > RunPatience
            && watched.Values.Any(IsBusy)
            && !await HoldsThreadAsync(watched).ConfigureAwait(false)
            && !await HasMovedAsync(watched, cancellationToken).ConfigureAwait(false))
        {
            // It works, or waits for its own time-out, or for what does not come: only its author can tell which.
            throw await StuckAsync(TextOf(unmoved), live, active, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>
    /// Whether one of them has moved while it was asked about: what was known of them is old by then.
    /// </summary>
    private async Task<bool> HasMovedAsync(
        Dictionary<ProcessId, ProcessSummary> watched,
        CancellationToken cancellationToken)
    {
        var live = await ListLiveAsync(cancellationToken).ConfigureAwait(false);
        return watched.Values.Any(known => !live.TryGetValue(known.Id, out var now) || now.Version != known.Version);
    }

    /// <summary>
    /// Whether a step holds its activation's thread, so that this does not answer: it computes or blocks, and waits for
    /// no time-out. To be woken costs an activation a look into its inbox.
    /// </summary>
    private async Task<bool> HoldsThreadAsync(Dictionary<ProcessId, ProcessSummary> watched)
    {
        if (_heldAt != 0 && TimeProvider.System.GetElapsedTime(_heldAt) < AnswerPatience)
        {
            return true;
        }

        foreach (var id in watched.Values.Where(IsBusy).Select(static row => row.Id).Take(Explained))
        {
            var answer = grains().GetGrain<IProcessGrain>(id.Value).WakeAsync(scanTime: null);
            if (
                await Task.WhenAny(answer, Task.Delay(AnswerPatience, TimeProvider.System)).ConfigureAwait(false)
                != answer)
            {
                answer.Ignore();
                _heldAt = TimeProvider.System.GetTimestamp();
                return true;
            }
        }

        return false;
    }

    private static string TextOf(TimeSpan unmoved) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing has moved for {unmoved.TotalSeconds:0.#} s of real time.");

    /// <summary>The trees of the processes that are played to.</summary>
    private static Dictionary<ProcessId, ProcessSummary> FamiliesOf(
        List<ScriptPlayer> active,
        Dictionary<ProcessId, ProcessSummary> live)
    {
        var roots = active.Select(player => live.GetValueOrDefault(player.Id)?.Root).ToHashSet();
        return live.Where(row => roots.Contains(row.Value.Root)).ToDictionary();
    }

    /// <summary>Whether anything was said to a process, or is being said.</summary>
    private async Task<bool> PlayAsync(
        List<ScriptPlayer> active,
        Dictionary<ProcessId, ProcessSummary> live,
        CancellationToken cancellationToken)
    {
        var played = false;
        foreach (var player in active)
        {
            if (
                await player
                    .PlayAsync(live.GetValueOrDefault(player.Id)?.Version ?? 0, client(), cancellationToken)
                    .ConfigureAwait(false))
            {
                played = true;
                Moved();
                _restlessness.Begin();
            }
        }

        return played || active.Exists(static player => player.IsActing);
    }

    private async Task<Dictionary<ProcessId, ProcessSummary>> ListLiveAsync(CancellationToken cancellationToken)
    {
        var live = new Dictionary<ProcessId, ProcessSummary>();
        for (
            var query = new ProcessQuery
            {
                States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting],
                PageSize = 1_000,
            };
            ;)
        {
            var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Items)
            {
                live[row.Id] = row;
            }

            if (page.Next is null)
            {
                return live;
            }

            query = query with { Continue = page.Next };
        }
    }

    /// <summary>
    /// Whether nothing runs, is due or is on its way. Two looks that see the same are needed: something can pass
    /// between two reads.
    /// </summary>
    private async Task<bool> RestsAsync(
        Dictionary<ProcessId, ProcessSummary> watched,
        Dictionary<ProcessId, ProcessSummary> live,
        CancellationToken cancellationToken)
    {
        if (watched.Values.Any(row => IsBusy(row) || row.DueAt <= time.Now))
        {
            return false;
        }

        var unseen = await store
            .ScanUnseenAsync(
                SliceRange.All,
                DateTimeOffset.MaxValue,
                afterSequence: 0,
                int.MaxValue,
                cancellationToken)
            .ConfigureAwait(false);
        return !unseen.Any(message => watched.ContainsKey(message.Receiver))
            && SignatureOf(await ListLiveAsync(cancellationToken).ConfigureAwait(false)) == SignatureOf(live);
    }

    private bool IsBusy(ProcessSummary row) =>
        row is { State: ProcessState.Running, Paused: false } && !time.IsAwaitedBy(row.Id);

    /// <summary>Gives the cluster a moment, unless it has had many and done nothing with them.</summary>
    private async Task PauseAsync(
        Dictionary<ProcessId, ProcessSummary> live,
        IReadOnlyList<ScriptPlayer> active,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (SignatureOf(live) is var signature && signature != _signature)
        {
            _signature = signature;
            Moved();
        }

        if (_restlessness.TextOf(live, RunPatience, Patience) is { } restless)
        {
            throw await StuckAsync(restless, live, active, cancellationToken).ConfigureAwait(false);
        }

        if (Unmoved > patience
            && (Unmoved > Patience || !await HoldsThreadAsync(live).ConfigureAwait(false))
            && !await HasMovedAsync(live, cancellationToken).ConfigureAwait(false))
        {
            throw await StuckAsync(TextOf(patience), live, active, cancellationToken).ConfigureAwait(false);
        }

        await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private void Moved() => _movedAt = TimeProvider.System.GetTimestamp();

    private async Task<WorkflowTestException> StuckAsync(
        string what,
        Dictionary<ProcessId, ProcessSummary> live,
        IReadOnlyList<ScriptPlayer> active,
        CancellationToken cancellationToken)
    {
        var lines = new List<string> { what };
        foreach (var id in live.Keys.Order().Take(Explained))
        {
            var status = await Looking
                .AtAsync(() => client().GetHandle(id).GetStatusAsync(cancellationToken))
                .ConfigureAwait(false);
            lines.Add(
                $"{id} ({status.Summary.Type}, {status.Summary.State} at '{status.Position}') waits for: "
                + $"{status.WaitingFor}");
            if (IsBusy(status.Summary))
            {
                lines.Add(
                    $"{id}: its step runs and awaits no time by step.TimeProvider. If it waits for its own time-out, "
                    + $"move the clock with "
                    + "Time.Advance(…); if it works, let it work longer with "
                    + "WorkflowTestClusterBuilder.WithStepPatience(…); if it belongs to "
                    + "another test, wait for what you need with handle.UntilAsync(…) instead.");
            }

            if (active.FirstOrDefault(player => player.Id == id)?.Awaits is { } awaits)
            {
                lines.Add($"{id}: its script waits until {awaits}.");
            }
        }

        if (live.Count > Explained)
        {
            lines.Add($"… and {live.Count - Explained} more.");
        }

        return new WorkflowTestException(string.Join(Environment.NewLine, lines));
    }

    private static long SignatureOf(Dictionary<ProcessId, ProcessSummary> live) =>
        live.Values.Aggregate((long)live.Count, static (sum, row) =>
            unchecked(sum + HashCode.Combine(row.Id, row.Version)));
}

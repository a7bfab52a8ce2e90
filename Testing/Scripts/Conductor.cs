using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>Lets processes go on: plays scripts to them, and moves the clock when nothing else can happen.</summary>
/// <param name="store">The store, as it is.</param>
/// <param name="time">The clock.</param>
/// <param name="client">Through which it looks at processes.</param>
internal sealed class Conductor(IProcessStore store, TestTime time, Func<IProcessClient> client)
{
    private const int Explained = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private long _signature;
    private long _movedAt;

    /// <summary>Waits until nothing happens any more.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when everything rests.</returns>
    /// <exception cref="WorkflowTestException">Something runs and does not move.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Moved();
        for (var live = await ListLiveAsync(cancellationToken).ConfigureAwait(false);
             !await RestsAsync(live, cancellationToken).ConfigureAwait(false);
             live = await ListLiveAsync(cancellationToken).ConfigureAwait(false))
        {
            await PauseAsync(live, [], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Plays until all processes have ended.</summary>
    /// <param name="players">The processes, and what happens to them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when all have ended.</returns>
    /// <exception cref="WorkflowTestException">One waits for what neither time nor its script brings.</exception>
    public async Task ConductAsync(IReadOnlyList<ScriptPlayer> players, CancellationToken cancellationToken)
    {
        Moved();
        try
        {
            for (var active = players.ToList(); ;)
            {
                var live = await ListLiveAsync(cancellationToken).ConfigureAwait(false);
                active.RemoveAll(player => player.IsOver(live.ContainsKey(player.Id)));
                if (active.Count == 0)
                {
                    return;
                }

                if (!await PlayAsync(active, live, cancellationToken).ConfigureAwait(false)
                    && time.CanMove
                    && await RestsAsync(live, cancellationToken).ConfigureAwait(false)
                    && !await time.AdvanceToNextTimerAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw await StuckAsync("Nothing happens any more, and no timer is set.", live, active, cancellationToken).ConfigureAwait(false);
                }

                await PauseAsync(live, active, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether anything was said to a process, or is being said.</summary>
    private async Task<bool> PlayAsync(List<ScriptPlayer> active, Dictionary<ProcessId, ProcessSummary> live, CancellationToken cancellationToken)
    {
        var played = false;
        foreach (var player in active)
        {
            if (await player.PlayAsync(live.GetValueOrDefault(player.Id)?.Version ?? 0, client(), cancellationToken).ConfigureAwait(false))
            {
                played = true;
                Moved();
            }
        }

        return played || active.Exists(static player => player.IsActing);
    }

    private async Task<Dictionary<ProcessId, ProcessSummary>> ListLiveAsync(CancellationToken cancellationToken)
    {
        var live = new Dictionary<ProcessId, ProcessSummary>();
        for (var query = new ProcessQuery { States = [ProcessState.Created, ProcessState.Running, ProcessState.Waiting], PageSize = 1_000 }; ;)
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

    /// <summary>Whether nothing runs, is due or is on its way. Two looks that see the same are needed: something can pass between two reads.</summary>
    private async Task<bool> RestsAsync(Dictionary<ProcessId, ProcessSummary> live, CancellationToken cancellationToken)
    {
        if (live.Values.Any(row => row is { State: ProcessState.Running, Paused: false } || row.DueAt <= time.Now))
        {
            return false;
        }

        var unseen = await store.ScanUnseenAsync(SliceRange.All, DateTimeOffset.MaxValue, afterSequence: 0, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return !unseen.Any(message => live.ContainsKey(message.Receiver))
            && SignatureOf(await ListLiveAsync(cancellationToken).ConfigureAwait(false)) == SignatureOf(live);
    }

    /// <summary>Gives the cluster a moment, unless it has had many and done nothing with them.</summary>
    private async Task PauseAsync(Dictionary<ProcessId, ProcessSummary> live, IReadOnlyList<ScriptPlayer> active, CancellationToken cancellationToken)
    {
        if (SignatureOf(live) is var signature && signature != _signature)
        {
            _signature = signature;
            Moved();
        }

        if (TimeProvider.System.GetElapsedTime(_movedAt) > Patience)
        {
            throw await StuckAsync($"Nothing has moved for {Patience.TotalSeconds:0} s of real time.", live, active, cancellationToken).ConfigureAwait(false);
        }

        await Task.Delay(Interval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private void Moved() => _movedAt = TimeProvider.System.GetTimestamp();

    private async Task<WorkflowTestException> StuckAsync(string what, Dictionary<ProcessId, ProcessSummary> live, IReadOnlyList<ScriptPlayer> active, CancellationToken cancellationToken)
    {
        var lines = new List<string> { what };
        foreach (var id in live.Keys.Order().Take(Explained))
        {
            var status = await Looking.AtAsync(() => client().GetHandle(id).GetStatusAsync(cancellationToken)).ConfigureAwait(false);
            lines.Add($"{id} ({status.Summary.Type}, {status.Summary.State} at '{status.Position}') waits for: {status.WaitingFor}");
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
        live.Values.Aggregate((long)live.Count, static (sum, row) => unchecked(sum + HashCode.Combine(row.Id, row.Version)));
}

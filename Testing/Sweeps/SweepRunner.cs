using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.Testing;

/// <summary>
/// Runs a process with a cut at every access, all at the same time: a silo that is cut off from each tree at its own
/// point, and one that sees a tree from there on, as if the first had died.
/// </summary>
internal sealed class SweepRunner : IAsyncDisposable
{
    /// <summary>
    /// How often it runs uninterrupted. A supervisor may look at it at any time, which is an access more; the fewest
    /// are what it needs itself.
    /// </summary>
    private const int Wholes = 3;

    /// <summary>
    /// Points beyond the accesses that were counted: a run may need some more, if a poke comes at another moment.
    /// </summary>
    private const int Beyond = 4;

    private const string Name = "sweep";

    private readonly MemoryProcessStore _store;
    private readonly CutOffProcessStore _view;
    private readonly WorkflowTestCluster _first;
    private readonly WorkflowTestCluster _second;
    private readonly SweepOptions _options;
    private readonly string _type;
    private readonly byte[] _input;

    private SweepRunner(
        MemoryProcessStore store,
        CutOffProcessStore view,
        WorkflowTestCluster first,
        WorkflowTestCluster second,
        SweepOptions options,
        string type,
        byte[] input) =>
        (_store, _view, _first, _second, _options, _type, _input) = (
            store,
            view,
            first,
            second,
            options,
            type,
            input);

    /// <summary>Starts both silos.</summary>
    public static async Task<SweepRunner> StartAsync(
        Type process,
        object input,
        SweepOptions options,
        CancellationToken cancellationToken)
    {
        var store = new MemoryProcessStore();
        var view = new CutOffProcessStore(store);

        // One for both: a step of either may await a time.
        options.Cluster.OnClock(new WatchedClock(new FakeTimeProvider(options.Cluster.Start)));
        var first = await WorkflowTestCluster
            .StartAsync(options.Cluster.WithStoreView(_ => view), store, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var second = await WorkflowTestCluster
                .StartAsync(
                    options.Cluster.WithStoreView(_ => new TakeOverProcessStore(store, view)),
                    store,
                    cancellationToken)
                .ConfigureAwait(false);
            var type = process.GetCustomAttribute<ProcessAttribute>()?.Name ?? process.Name;
            return new SweepRunner(store, view, first, second, options, type, WorkflowJson.Write(input, "input"));
        }
        catch
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs everything.</summary>
    public async Task<SweepReport> RunAsync(Action<SweepRun> expect, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var wholes = Enumerable.Range(1, Wholes)
            .Select(number => CaseOf(new CrashPoint(int.MaxValue, CutOffMode.SilentBefore), $"{Name}-whole-{number}"))
            .ToList();
        await ConductAsync(wholes, cancellationToken).ConfigureAwait(false);
        var whole = wholes.MinBy(static player => player.Plan!.Accesses)!;
        var accesses = whole.Plan!.Accesses;
        var uninterrupted = await ReadAsync(whole, point: null, cancellationToken).ConfigureAwait(false);
        var checks = new SweepChecks(_type, _options.SameAsUninterrupted ? uninterrupted : null, expect);
        checks.Check(uninterrupted);
        checks.ThrowIfAny();

        var (points, runs) = (0, Wholes);
        for (var from = 1; from > 0;)
        {
            var to = Math.Max(accesses, from) + Beyond;
            if (to > _options.MaxAccesses + Beyond)
            {
                throw new InvalidOperationException(
                    $"Process '{_type}' needs {to - Beyond} accesses or more, and {nameof(SweepOptions.MaxAccesses)} "
                    + $"is {_options.MaxAccesses}. Give the sweep a smaller input, or raise it.");
            }

            var cases = Enum.GetValues<CutOffMode>()
                .SelectMany(mode =>
                    Enumerable.Range(from, to - from + 1).Select(access => new CrashPoint(access, mode)))
                .Select(point => (Point: point, Player: CaseOf(point, $"{Name}-{point.Mode}-{point.Access}")))
                .ToList();
            await ConductAsync([.. cases.Select(static one => one.Player)], cancellationToken).ConfigureAwait(false);
            foreach (var (point, player) in cases)
            {
                var isCut = player.Plan!.Cut.IsCompleted;
                checks.Check(await ReadAsync(player, isCut ? point : null, cancellationToken).ConfigureAwait(false));
                points += isCut ? 1 : 0;
            }

            runs += cases.Count;

            // The last point of each mode has to lie behind the end of its run; else there are more.
            from = cases.Exists(one => one.Point.Access == to && one.Player.Plan!.Cut.IsCompleted) ? to + 1 : 0;
        }

        checks.ThrowIfAny();
        return new SweepReport(accesses, points, runs, TimeProvider.System.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync().ConfigureAwait(false);
        await _first.DisposeAsync().ConfigureAwait(false);
    }

    private ScriptPlayer CaseOf(CrashPoint point, string id)
    {
        var plan = new CutOffPlan(point.Access, point.Mode);
        var process = ProcessId.Parse(id);
        _view.Plan(process, plan);
        return new ScriptPlayer(process, _options.Script, () => plan.Cut.IsCompleted ? _second.Client : _first.Client)
        {
            Plan = plan,
            Start = (client, cancellationToken) =>
                client.StartJsonAsync(
                    _type,
                    _input,
                    _options.Start with
                    {
                        Id = process,
                        IfExists = IfExists.UseExisting,
                    },
                    cancellationToken),
        };
    }

    private async Task ConductAsync(IReadOnlyList<ScriptPlayer> players, CancellationToken cancellationToken)
    {
        try
        {
            await _second.MakeConductor(_store).ConductAsync(players, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var player in players)
            {
                player.Plan!.End();
            }
        }
    }

    private async Task<SweepRun> ReadAsync(ScriptPlayer player, CrashPoint? point, CancellationToken cancellationToken)
    {
        var handle = _second.Client.GetHandle(player.Id);
        var members = new HashSet<ProcessId> { player.Id };
        await foreach (
            var member in _second
                .Client.ListAsync(new ProcessQuery { Root = player.Id }, cancellationToken)
                .ConfigureAwait(false))
        {
            members.Add(member.Id);
        }

        var effects = new List<Effect>();
        var known = new HashSet<(ProcessId, string, string)>();
        effects.AddRange(
            _options.Effects.Effects.Where(effect =>
                members.Contains(effect.ProcessId)
                && (effect.Key is null || known.Add((effect.ProcessId, effect.Key, effect.What)))));
        return new SweepRun
        {
            Id = player.Id,
            CrashPoint = point,
            CutAt = player.Plan!.CutAt,
            Outcome = await handle.WaitAsync(cancellationToken).ConfigureAwait(false),
            History = await handle
                .GetHistoryAsync(cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false),
            Effects = effects,
        };
    }
}

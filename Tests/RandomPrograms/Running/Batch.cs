using System.Diagnostics;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Interpreting;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// Runs programs at the same time in one cluster, until all have ended or nothing moves any more, and checks them.
/// </summary>
/// <param name="cluster">The cluster, whose store is empty.</param>
/// <param name="programs">The programs.</param>
/// <param name="stillness">
/// When nothing was committed for so long, while the clock went on by hours, the batch has come to nothing: what can
/// move on its own has had its chance.
/// </param>
internal sealed class Batch(RandomCluster cluster, IReadOnlyList<RandomProgram> programs, TimeSpan stillness)
{
    /// <summary>Longer than the longest time that a program waits for.</summary>
    private static readonly TimeSpan Hours = TimeSpan.FromHours(4);

    /// <summary>While somebody waits for an answer, longer than a client tries.</summary>
    private static readonly TimeSpan UntilGivenUp = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static int _batches;

    private int _starting;
    private readonly string _prefix = $"p{Interlocked.Increment(ref _batches)}";

    /// <summary>Runs them.</summary>
    /// <returns>The report.</returns>
    public async Task<BatchReport> RunAsync()
    {
        using var over = new CancellationTokenSource();
        var outside = new Outside(cluster.Client, cluster.World, over.Token);
        cluster.Store.Changed = outside.Tell;
        cluster.Dice.IsOn = true;
        var told = programs
            .Select((program, number) => Task.Run(() => LiveAsync(program, IdOf(number), over.Token)))
            .ToList();
        using var calm = new CancellationTokenSource();
        var monkey = new ChaosMonkey(cluster).RunAsync(calm.Token);
        var stuck = await EndedAsync(told, outside);
        cluster.Dice.IsOn = false;
        await calm.CancelAsync();
        await monkey;
        var faults = new List<(int? Program, string Text)>();
        for (var number = 0; number < programs.Count; number++)
        {
            faults.AddRange(
                await new Check(cluster, IdOf(number), programs[number]).FaultsAsync(told[number], stuck is not null));
        }

        faults.AddRange(outside.Faults.Concat(cluster.Store.Faults).Select(text => (ProgramOf(text), text)));
        if (stuck is not null)
        {
            faults.Insert(0, (null, stuck));
        }
        else
        {
            faults.AddRange((await StoreCheck.FaultsAsync(cluster)).Select(static text => ((int?)null, text)));
        }

        await over.CancelAsync();
        cluster.Store.Changed = null;
        var views = cluster.Store.Views.Values;
        var report = new BatchReport(
            cluster.Store.Views.Count,
            views.Sum(static view => view.Checkpoint.Step),
            views.Sum(view => cluster.World.DeedsOf(view.Row.Id).Count(static deed => !deed.IsDone)),
            outside.Acts,
            [.. faults.Select(static fault => fault.Text)],
            [
                .. faults
                    .Select(static fault => fault.Program)
                    .OfType<int>()
                    .Distinct()
                    .Select(number => programs[number]),
            ],
            stuck is not null);
        await cluster.Store.ClearAsync();
        cluster.World.Clear();
        return report;
    }

    private ProcessId IdOf(int number) => ProcessId.Parse($"{_prefix}-{number}");

    /// <summary>Which program a sentence is about: it begins with the id.</summary>
    private int? ProgramOf(string fault)
    {
        var at = fault.IndexOf($"{_prefix}-", StringComparison.Ordinal);
        return
            at >= 0
            && int.TryParse(string.Concat(fault[(at + _prefix.Length + 1)..].TakeWhile(char.IsDigit)), out var number)
            && number < programs.Count
            ? number
            : null;
    }

    /// <summary>Starts a program and waits to be told of its end.</summary>
    private async Task<ProcessOutcome?> LiveAsync(RandomProgram program, ProcessId id, CancellationToken cancel)
    {
        Interlocked.Increment(ref _starting);
        var handle = await StartAsync(program, id, cancel);
        Interlocked.Decrement(ref _starting);
        try
        {
            return handle is null ? null : await handle.WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<ProcessHandle?> StartAsync(RandomProgram program, ProcessId id, CancellationToken cancel)
    {
        var type = ProgramTypes.Of(program.Shape);
        var options = new StartOptions
        {
            Id = id,
            IfExists = IfExists.UseExisting,
            Paused = program.Start == StartMode.Paused,
            Delay = program.Start == StartMode.Delayed ? TimeSpan.FromMinutes(20) : TimeSpan.Zero,
        };
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                return program.Start == StartMode.Created
                    ? await cluster.Client.CreateAsync(type, program, options, cancel)
                    : await cluster.Client.StartAsync(type, program, options, cancel);
            }
            catch (Exception e) when (e is WorkflowUnavailableException or OperationCanceledException)
            {
                // The same start again.
            }
        }

        return null;
    }

    /// <summary>Waits until every process has ended.</summary>
    private async Task<string?> EndedAsync(List<Task<ProcessOutcome?>> told, Outside outside)
    {
        var began = Stopwatch.GetTimestamp();
        var (commits, movedAt, movedClock) = (-1L, began, cluster.Pump.Time.GetUtcNow());
        while (true)
        {
            if (told.FirstOrDefault(static task => task.IsFaulted) is { } failed)
            {
                return $"a start failed: {failed.Exception!.GetBaseException()}";
            }

            var views = cluster.Store.Views;
            if (
                Enumerable.Range(0, programs.Count).All(number => views.ContainsKey(IdOf(number)))
                && views.Values.All(static view => view.Row.State.IsTerminal()))
            {
                return null;
            }

            if (cluster.Store.Commits != commits)
            {
                (commits, movedAt, movedClock) = (
                    cluster.Store.Commits,
                    Stopwatch.GetTimestamp(),
                    cluster.Pump.Time.GetUtcNow());
            }

            var patience = outside.Open + Volatile.Read(ref _starting) > 0 ? UntilGivenUp : stillness;
            var isStill =
                Stopwatch.GetElapsedTime(movedAt) > patience && cluster.Pump.Time.GetUtcNow() - movedClock > Hours;
            if (isStill || Stopwatch.GetElapsedTime(began) > Longest)
            {
                var left = views
                    .Values.Where(static view => !view.Row.State.IsTerminal())
                    .Select(static view => $"{view.Row.Id} {view.Row.State} at {view.At}");
                return $"nothing was committed for {Stopwatch.GetElapsedTime(movedAt).TotalSeconds:0} s, "
                    + $"{cluster.Pump.Time.GetUtcNow() - movedClock} of the clock; not ended: "
                    + $"{string.Join(", ", left.Take(20))}";
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}

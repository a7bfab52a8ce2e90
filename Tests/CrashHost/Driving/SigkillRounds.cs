using System.Collections.Concurrent;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>
/// Rounds of: start processes, kill the silo at a random moment, start it again on the same data, see that each
/// finished once and right.
/// </summary>
/// <param name="folder">What the silos work on.</param>
/// <param name="seed">Decides the moments of the kills.</param>
/// <param name="print">Takes a line per round.</param>
public sealed class SigkillRounds(CrashFolder folder, int seed, Action<string> print) : IAsyncDisposable
{
    private const int PerRound = 200;
    private const int Concurrency = 32;

    /// <summary>About how many bytes a round writes to the ledger when nothing is killed.</summary>
    private const int LedgerBytes = PerRound * 14 * 60;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private HostProcess? _silo;
    private CrashClient? _client;

    /// <summary>Runs rounds.</summary>
    /// <param name="rounds">How many.</param>
    /// <returns>What happened in each.</returns>
    /// <exception cref="InvalidOperationException">Something that the engine promises did not hold.</exception>
    public async Task<IReadOnlyList<RoundReport>> RunAsync(int rounds)
    {
        print($"seed {seed}");
        await StartSiloAsync();
        var reports = new List<RoundReport>();
        for (var round = 1; round <= rounds; round++)
        {
            reports.Add(await RoundAsync(round));
            print(reports[^1].ToString());
        }

        return reports;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }

        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }

    private async Task StartSiloAsync()
    {
        await DisposeAsync();
        _silo = await HostProcess.StartAsync(folder);
        _client = await CrashClient.ConnectAsync(folder, _silo);
    }

    private async Task<RoundReport> RoundAsync(int round)
    {
        var prefix = $"r{round:000}-";
        var inputs = Enumerable
            .Range(0, PerRound)
            .ToDictionary(
                index => ProcessId.Parse($"{prefix}{index:000}"),
                index => new StepsInput(index, Rounds: 2 + (index % 4)));
        var began = TimeProvider.System.GetTimestamp();

        var bytes = _random.Next(-LedgerBytes / 3, LedgerBytes);
        var kill = KillAfterAsync(Math.Max(bytes, 0), TimeSpan.FromMilliseconds(_random.Next(bytes > 0 ? 50 : 400)));
        var acknowledged = await StartAllAsync(inputs, kill);
        await kill;
        var killed = TimeProvider.System.GetElapsedTime(began);
        var restart = TimeProvider.System.GetTimestamp();
        await StartSiloAsync();
        var ready = TimeProvider.System.GetElapsedTime(restart);
        var found = (await _client!.ListAsync(prefix)).Select(static row => row.Id).ToHashSet();
        Demand(
            acknowledged
                .Where(id => !found.Contains(id))
                .Select(id => $"{id}: its start was answered, and it is gone"));
        await Parallel.ForEachAsync(
            inputs.Where(input => !acknowledged.Contains(input.Key)),
            Limited,
            async (input, _) => await StartAsync(input.Key, input.Value, CancellationToken.None));
        await _client.AllEndedAsync(prefix, PerRound, Deadline, _silo!);
        var finished = TimeProvider.System.GetElapsedTime(restart) - ready;
        var interrupted = await CheckAsync(inputs);
        return new RoundReport(
            round,
            killed,
            acknowledged.Count,
            interrupted,
            ready,
            finished,
            TimeProvider.System.GetElapsedTime(began));
    }

    /// <summary>
    /// Kills the silo when so much of the round's work is done, however fast the machine is, and a random moment later.
    /// </summary>
    private async Task KillAfterAsync(int bytes, TimeSpan delay)
    {
        var target = LedgerLength() + bytes;
        await Eventually.TrueAsync(
            () => Task.FromResult(LedgerLength() >= target),
            Deadline,
            () => $"the ledger grows to {target} bytes; it has {LedgerLength()}. {_silo?.Output}");
        await Task.Delay(delay, TimeProvider.System);
        await _silo!.KillAsync();
    }

    private long LedgerLength() => new FileInfo(folder.Ledger) is { Exists: true } file ? file.Length : 0;

    private async Task<IReadOnlySet<ProcessId>> StartAllAsync(Dictionary<ProcessId, StepsInput> inputs, Task kill)
    {
        using var killed = new CancellationTokenSource();
        _ = kill.ContinueWith(
                _ => killed.CancelAsync(),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default)
            .Unwrap();
        var acknowledged = new ConcurrentDictionary<ProcessId, bool>();
        await Parallel.ForEachAsync(inputs, Limited, async (input, _) =>
        {
            try
            {
                await StartAsync(input.Key, input.Value, killed.Token);
                acknowledged[input.Key] = true;
            }
            catch (Exception e) when (e is OperationCanceledException or WorkflowUnavailableException)
            {
                // Not answered before the kill: it may be there or not.
            }
        });
        await kill;
        return acknowledged.Keys.ToHashSet();
    }

    private Task<ProcessHandle<StepsOutput>> StartAsync(
        ProcessId id,
        StepsInput input,
        CancellationToken cancellationToken) =>
        _client!.Processes.StartAsync(
            CrashTypes.Steps,
            input,
            new StartOptions { Id = id, IfExists = IfExists.UseExisting },
            cancellationToken);

    /// <summary>Checks results, histories and the ledger of a round.</summary>
    private async Task<int> CheckAsync(Dictionary<ProcessId, StepsInput> inputs)
    {
        var lines = folder.ReadLedger().ToLookup(static line => line.ProcessId);
        var faults = new ConcurrentQueue<string>();
        var interrupted = 0;
        await Parallel.ForEachAsync(inputs, Limited, async (input, _) =>
        {
            var (id, expected) = (input.Key, Steps.Expected(input.Value));
            var handle = _client!.Processes.GetHandle<StepsOutput>(id);
            if (await handle.GetResultAsync(CancellationToken.None) is var result && result != expected)
            {
                faults.Enqueue($"{id}: its result is {result}, expected {expected}");
            }

            var history = await ProcessHistory.ReadAsync(handle);
            history
                .FaultsOfFinished(input.Value.Steps)
                .Concat(LedgerCheck.Faults([.. lines[id.Value]], input.Value.Steps))
                .ToList()
                .ForEach(fault => faults.Enqueue($"{id}: {fault}"));
            Interlocked.Add(ref interrupted, history.Count(HistoryKind.Resumed) > 0 ? 1 : 0);
        });
        Demand(faults);
        return interrupted;
    }

    private void Demand(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0)
        {
            throw new InvalidOperationException(
                $"With seed {seed}, {all.Count} "
                + $"fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, all.Take(20))}{Environment.NewLine}The silo printed:{Environment.NewLine}{_silo?.Output}"
            );
        }
    }

    private static ParallelOptions Limited => new() { MaxDegreeOfParallelism = Concurrency };
}

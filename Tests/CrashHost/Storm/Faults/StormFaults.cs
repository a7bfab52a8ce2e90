using System.Globalization;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.Shared.Postgres;

namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>
/// Makes faults happen: one after the other, with some quiet between them, and beside them a kill of a silo every few
/// seconds.
/// </summary>
/// <param name="cluster">What they happen to.</param>
/// <param name="options">The storm's options.</param>
/// <param name="print">Takes a line per fault.</param>
internal sealed class StormFaults(StormCluster cluster, StormOptions options, Action<string> print)
{
    private static readonly TimeSpan WakeLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);

    private readonly Dictionary<FaultKind, int> _counts = [];
    private readonly ClockFaults _clocks = new(cluster);
    private readonly LockFaults _locks = new(cluster, options);
    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>How often each kind has happened.</summary>
    public IReadOnlyDictionary<FaultKind, int> Counts => _counts;

    /// <summary>How many frozen silos ended when they woke up, because others had declared them dead.</summary>
    public int ZombiesEnded { get; private set; }

    /// <summary>The times in which the rest had to go on.</summary>
    public IReadOnlyList<Window> Windows => _locks.Windows;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Makes faults happen until the time is over and each kind has happened.</summary>
    /// <returns>
    /// Completes when the last one is over: everything that was stopped, frozen or cut is as before, and the silos'
    /// clocks are right.
    /// </returns>
    public async Task RunAsync()
    {
        using var over = new CancellationTokenSource();
        var killing = KillAgainAndAgainAsync(new Random(options.Seed + 1), over.Token);
        try
        {
            var random = new Random(options.Seed);
            var kinds = FaultSchedule.Kinds(cluster.Network is not null, options.LongFreezes);
            foreach (var fault in FaultSchedule.Draw(random, kinds))
            {
                if (Elapsed > options.Duration && kinds.All(_counts.ContainsKey))
                {
                    break;
                }

                await HappenAsync(fault, random);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 3_000)), TimeProvider.System);
            }
        }
        finally
        {
            await over.CancelAsync();
            await killing;
            _clocks.SetSilosRight();
        }
    }

    private async Task HappenAsync(FaultKind fault, Random random)
    {
        switch (fault)
        {
            case FaultKind.FreezeSilo:
                await WithSiloAsync(fault, random, FreezeAsync);
                break;
            case FaultKind.KillClient:
                var client = random.Next(cluster.Clients.Count);
                cluster.Clients[client].Kill();
                Happened(fault, $"client {client}");
                break;
            case FaultKind.RestartDatabase:
                await RestartAsync(fault, PostgresStop.Fast, TimeSpan.FromMilliseconds(random.Next(5_000)));
                break;
            case FaultKind.CrashDatabase:
                await RestartAsync(fault, PostgresStop.Immediate, TimeSpan.FromMilliseconds(random.Next(2_000)));
                break;
            case FaultKind.TerminateConnections:
                Happened(
                    fault,
                    $"{await cluster.Server.TerminateBackendsAsync(StormCluster.DatabaseName)} connections");
                break;
            case FaultKind.CutFromSilos:
                await CutAsync(fault, random, cluster.Network!.CutFromSilosAsync);
                break;
            case FaultKind.CutFromDatabase:
                await CutAsync(fault, random, cluster.Network!.CutFromDatabaseAsync);
                break;
            case FaultKind.CutOff:
                await CutAsync(fault, random, cluster.Network!.CutOffAsync);
                break;
            case FaultKind.SkewSilo:
                await WithSiloAsync(fault, random, (silo, _) => _clocks.SkewSiloAsync(silo, random));
                break;
            case FaultKind.JumpSilo:
                await WithSiloAsync(fault, random, (silo, _) => Task.FromResult(_clocks.JumpSilo(silo, random)));
                break;
            case FaultKind.JumpDatabase:
                Happened(fault, _clocks.JumpDatabase(random));
                break;
            case FaultKind.FreezeLong:
                await WithSiloAsync(fault, random, (_, host) => _locks.FreezeLongAsync(host, random));
                break;
            case FaultKind.FreezeInTransaction:
                await WithSiloAsync(fault, random, (_, host) => _locks.FreezeInTransactionAsync(host));
                break;
            case FaultKind.StrangersLock:
                Happened(fault, await _locks.LockRowsAsync(random));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "It does not come by the schedule.");
        }
    }

    private Task CutAsync(FaultKind fault, Random random, Func<int, Task> cut) =>
        WithSiloAsync(fault, random, async (silo, host) =>
        {
            var time = TimeSpan.FromMilliseconds(random.Next(8_000, 15_000));
            await cut(silo.Number);
            try
            {
                await Task.Delay(time, TimeProvider.System);
            }
            finally
            {
                await cluster.Network!.HealAsync(silo.Number);
            }

            return string.Create(
                CultureInfo.InvariantCulture,
                $"for {time.TotalSeconds:0.0} s; {(host.HasExited ? "it had ended by then" : "it was still there")}");
        });

    private async Task<string> FreezeAsync(StormSilo silo, HostProcess host)
    {
        await host.FreezeAsync();
        try
        {
            await Task.Delay(options.Frozen, TimeProvider.System);
        }
        finally
        {
            await host.ThawAsync();
        }

        var woke = TimeProvider.System.GetTimestamp();
        while (!host.HasExited && TimeProvider.System.GetElapsedTime(woke) < WakeLimit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        ZombiesEnded += host.HasExited ? 1 : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(host.HasExited ? "ended" : "did not end")} {TimeProvider.System.GetElapsedTime(woke).TotalSeconds:0.0} "
            + $"s after it woke up");
    }

    private async Task WithSiloAsync(FaultKind fault, Random random, Func<StormSilo, HostProcess, Task<string>> happen)
    {
        var draw = random.NextDouble();
        var there = Ready();
        await Eventually.TrueAsync(
            () => Task.FromResult((there = Ready()).Count > 0),
            ReadyLimit,
            () => $"a silo takes calls, so that {fault} can happen to it. See {cluster.Folder.Root}");
        var (silo, host) = there[(int)(draw * there.Count)];
        silo.IsBusy = true;
        try
        {
            Happened(fault, $"silo {silo.Number} {await happen(silo, host)}");
        }
        finally
        {
            silo.IsBusy = false;
        }
    }

    private async Task RestartAsync(FaultKind fault, PostgresStop stop, TimeSpan pause)
    {
        await cluster.Server.StopAsync(stop);
        await Task.Delay(pause, TimeProvider.System);
        await cluster.Server.StartAgainAsync();
        Happened(
            fault,
            string.Create(CultureInfo.InvariantCulture, $"away for {pause.TotalSeconds:0.0} s and its start"));
    }

    private async Task KillAgainAndAgainAsync(Random random, CancellationToken over)
    {
        while (true)
        {
            await Task.Delay(options.KillEvery * (0.5 + (random.NextDouble() / 2)), TimeProvider.System, over)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
            {
                return;
            }

            // Two or more are there: a machine that is slow to start silos would otherwise have none for long.
            if (
                !_locks.IsMeasured
                && Ready() is { Count: > 1 } there
                && there[random.Next(there.Count)].Silo is var silo
                && await silo.KillAsync())
            {
                Happened(FaultKind.KillSilo, $"silo {silo.Number}");
            }
        }
    }

    /// <summary>The silos that take calls and that no fault has.</summary>
    private List<(StormSilo Silo, HostProcess Host)> Ready() =>
        [
            .. cluster
                .Silos.Where(static silo => !silo.IsBusy)
                .Select(static silo => (silo, silo.Ready!))
                .Where(static silo => silo.Item2 is not null),
        ];

    private void Happened(FaultKind fault, string text)
    {
        lock (_counts)
        {
            _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
        }

        print(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,6:0.0} s {fault}: {text}"));
    }
}

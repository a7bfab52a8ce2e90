using System.Globalization;
using Npgsql;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Checking;
using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>
/// The faults that keep rows locked, or silos from answering, for long: what they do not concern has to go on
/// meanwhile.
/// </summary>
/// <param name="cluster">What they happen to.</param>
/// <param name="options">The storm's options.</param>
internal sealed class LockFaults(StormCluster cluster, StormOptions options)
{
    /// <summary>How many ends clients are told of before it counts as going on.</summary>
    private const int Enough = 10;

    /// <summary>How long a lock may hold up what it does not concern.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ShortestLock = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WithoutIt = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan DetectionLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WakeLimit = TimeSpan.FromSeconds(20);

    private readonly List<Window> _windows = [];
    private volatile bool _isMeasured;
    private DateTimeOffset _began;

    /// <summary>The times in which the rest had to go on.</summary>
    public IReadOnlyList<Window> Windows => _windows;

    /// <summary>Whether the rest has to go on now: then nothing else may happen to it.</summary>
    public bool IsMeasured => _isMeasured;

    /// <summary>Freezes a silo for one to two minutes.</summary>
    /// <param name="host">The silo.</param>
    /// <param name="random">Says for how long.</param>
    /// <returns>What happened.</returns>
    public Task<string> FreezeLongAsync(HostProcess host, Random random)
    {
        var time = TimeSpan.FromSeconds(random.Next(60, 121));
        return MeasureAsync(async () =>
        {
            await host.FreezeAsync();
            return await WithoutAsync(FaultKind.FreezeLong, host, time - Bound, $"for {time.TotalSeconds:0} s");
        });
    }

    /// <summary>Freezes a silo while it has locks.</summary>
    /// <param name="host">The silo.</param>
    /// <returns>What happened.</returns>
    public Task<string> FreezeInTransactionAsync(HostProcess host) =>
        MeasureAsync(async () =>
            await new TransactionFreeze(cluster.Database).FreezeAsync(host) is { } state
                ? await WithoutAsync(FaultKind.FreezeInTransaction, host, WithoutIt, $"with its sessions '{state}'")
            : host.HasExited ? "ended before it was met in the midst of one"
            : throw new InvalidOperationException($"{host.Address} was not met in a transaction, however often."));

    /// <summary>Locks rows of running processes from a session of the storm's own.</summary>
    /// <param name="random">Says for how long.</param>
    /// <returns>What happened.</returns>
    public Task<string> LockRowsAsync(Random random)
    {
        var time = ShortestLock + ((options.LongestLock - ShortestLock) * random.NextDouble());
        return MeasureAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(cluster.Database)
                {
                    Pooling = false,
                    ApplicationName = "stranger",
                }.ConnectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var lockRows = new NpgsqlCommand(
                "SELECT count(*) FROM (SELECT FROM process WHERE state = 1 ORDER BY random() LIMIT 5 FOR UPDATE SKIP "
                + "LOCKED) AS p",
                connection);
            var rows = (long)(await lockRows.ExecuteScalarAsync())!;
            await LastAsync(FaultKind.StrangersLock, time - Bound);
            await transaction.RollbackAsync();
            return string.Create(CultureInfo.InvariantCulture, $"{rows} rows for {time.TotalSeconds:0.0} s");
        });
    }

    private async Task<string> WithoutAsync(FaultKind fault, HostProcess host, TimeSpan time, string how)
    {
        TimeSpan declared;
        try
        {
            declared = await new TransactionFreeze(cluster.Database).DeclaredDeadAsync(host, DetectionLimit);
            await LastAsync(fault, time - declared > WithoutIt ? time - declared : WithoutIt);
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

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{how}; declared dead after {declared.TotalSeconds:0.0} s, {(host.HasExited ? "ended" : "did not end")} "
            + $"when it woke up");
    }

    private async Task LastAsync(FaultKind fault, TimeSpan time)
    {
        await Task.Delay(Bound, TimeProvider.System);
        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(time, TimeProvider.System);
        _windows.Add(new Window(fault, from, TimeProvider.System.GetUtcNow()) { Began = _began });
    }

    /// <summary>Waits until what happened before is over: what is not there cannot go on.</summary>
    private async Task GoesOnAsync()
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(cluster.Silos.All(static silo => silo.Ready is not null)),
            QuietLimit,
            static () => "all silos take calls");
        var before = Told();
        await Eventually.TrueAsync(
            () => Task.FromResult(Told() >= before + Enough),
            QuietLimit,
            () => $"clients are told of {Enough} more ends");

        int Told() =>
            cluster.Clients.Sum(static client =>
                ClientLog
                    .Read(client.Log)
                    .Count(static line => line is { Kind: CallKind.Result, Phase: CallPhase.Ok }));
    }

    private async Task<string> MeasureAsync(Func<Task<string>> happen)
    {
        _isMeasured = true;
        try
        {
            await GoesOnAsync();
            _began = TimeProvider.System.GetUtcNow();
            return await happen();
        }
        finally
        {
            _isMeasured = false;
        }
    }
}

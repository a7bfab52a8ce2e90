using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Clock;

/// <summary>
/// What a silo has to do with the record of its database, where there is one: it claims the database for its cluster
/// and sets its clock before it becomes a member, measures again and again, and ends when the database has become
/// another cluster's.
/// </summary>
internal sealed partial class ClusterLifecycle(
    ClusterClock clock,
    WorkflowInstruments instruments,
    IOptions<ClusterOptions> cluster,
    ILoggerFactory loggers,
    StoreOutage outage,
    IClusterRecord? record = null,
    IHostApplicationLifetime? host = null) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>How long the stop waits for a reading that is under way.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = loggers.CreateLogger<ClusterLifecycle>();
    private Task _running = Task.CompletedTask;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle)
    {
        if (record is not null)
        {
            // After the store, whose schema has the record; before the silo is a member of anything.
            var keeper = new ClockKeeper(record, clock, instruments, loggers.CreateLogger<ClockKeeper>());
            lifecycle.Subscribe(
                nameof(ClusterLifecycle),
                ServiceLifecycleStage.RuntimeStorageServices + 1,
                token => StartAsync(record, keeper, token),
                StopAsync);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task StartAsync(IClusterRecord database, ClockKeeper keeper, CancellationToken cancellationToken)
    {
        var id = cluster.Value.ClusterId;
        if (await database.ClaimAsync(id, force: false, cancellationToken) is { } former)
        {
            LogTaken(former, id);
        }

        await keeper.SetAsync(cancellationToken);
        _running = Task.Run(() => KeepAsync(keeper, id), CancellationToken.None);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running
            .WaitAsync(StopLimit, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task KeepAsync(ClockKeeper keeper, string id)
    {
        using var timer = new PeriodicTimer(ClockKeeper.Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                if (await MeasureAsync(keeper, id) is { } other && other != id)
                {
                    // It has been taken away, and what runs here is woken there. Like a member that was declared dead,
                    // the silo ends.
                    LogLost(other, id);
                    host?.StopApplication();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task<string?> MeasureAsync(ClockKeeper keeper, string id)
    {
        try
        {
            var owner = await keeper.MeasureAsync(_stopping.Token);
            outage.Answered();
            return owner;
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            // The boundary of a loop that has to go on. The clock goes on by itself meanwhile.
            LogFailed(e);
            if (StoreOutage.IsAway(e))
            {
                outage.Failed(e.Message);
            }

            return id;
        }
    }

    [LoggerMessage(
        400064,
        LogLevel.Warning,
        "The database was that of the cluster '{Former}', none of whose members lives; it is that of '{ClusterId}' "
        + "from now on."
    )]
    private partial void LogTaken(string former, string clusterId);

    [LoggerMessage(
        400065,
        LogLevel.Critical,
        "The database has become that of the cluster '{Other}'. This silo is of the cluster '{ClusterId}', and ends."
    )]
    private partial void LogLost(string other, string clusterId);

    [LoggerMessage(400066, LogLevel.Debug, "The database's clock could not be read, and is read again.")]
    private partial void LogFailed(Exception exception);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// What each silo does for supervision: starts the supervisors, tells them of changes of the membership, compares what
/// it owns with what it runs, and follows the cluster's settings.
/// </summary>
internal sealed partial class SiloSupervision(
    IGrainFactory grains,
    IClusterMembershipService membership,
    ClusterTypes types,
    OwnSweep sweep,
    BlockedStepWatch blockedSteps,
    DeadSilos deadSilos,
    PauseGate gate,
    IOptions<WorkflowOptions> options,
    ILogger<SiloSupervision> logger) : IDisposable
{
    private static readonly TimeSpan SettingsInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the stop waits for what is under way: a call to another silo may take its whole response timeout.
    /// </summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = logger;
    private Task _running = Task.CompletedTask;

    private SupervisorTriggers Triggers => options.Value.SupervisorTriggers;

    /// <summary>Begins.</summary>
    public void Start()
    {
        var loops = new List<Task>
        {
            Loop(options.Value.OwnerScanInterval, SweepAsync),
            Loop(SettingsInterval, FollowSettingsAsync),
            Loop(BlockedStepWatch.Limit, blockedSteps.LookAsync),
        };
        if (Triggers.HasFlag(SupervisorTriggers.Startup))
        {
            loops.Add(StartSupervisorsAsync());
        }

        if (Triggers.HasFlag(SupervisorTriggers.Membership))
        {
            loops.Add(WatchMembershipAsync());
            loops.Add(WatchTypesAsync());
        }

        _running = Task.WhenAll(loops);
    }

    /// <summary>Ends.</summary>
    /// <returns>Completes when nothing of it runs any more.</returns>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running.WaitAsync(StopLimit, TimeProvider.System);
        }
        catch (Exception e)
        {
            // Whatever a loop ended with: the processes still have to be given back.
            LogLoopFailed(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private Task Loop(TimeSpan interval, Func<CancellationToken, Task> action) => Task.Run(async () =>
    {
        // The pace is real time, whatever clock says what is due.
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await action(_stopping.Token);
                if (!await timer.WaitForNextTickAsync(_stopping.Token))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The boundary of a loop that has to go on: the next turn does the same again.
                LogLoopFailed(e);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    });

    private async Task StartSupervisorsAsync()
    {
        // A reminder service that is still starting refuses; then it is tried again.
        for (var index = 0; index < options.Value.Supervisors && !_stopping.IsCancellationRequested;)
        {
            try
            {
                await grains
                    .GetGrain<ISupervisorGrain>(new SupervisorKey(index, options.Value.Supervisors).Value)
                    .ScanAsync(ownersToo: true);
                index++;
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                LogLoopFailed(e);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task WatchMembershipAsync()
    {
        try
        {
            await foreach (var cluster in membership.MembershipUpdates.WithCancellation(_stopping.Token))
            {
                deadSilos.Look(cluster);
                TellSupervisors(ownersToo: true);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>
    /// What a silo can run is known a moment after it has joined. What has waited for it is woken then.
    /// </summary>
    private async Task WatchTypesAsync()
    {
        try
        {
            await foreach (var _ in types.ChangesAsync(_stopping.Token))
            {
                TellSupervisors(ownersToo: true);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>Tells the supervisors of this silo's set to scan, and that they are wanted.</summary>
    private void TellSupervisors(bool ownersToo)
    {
        foreach (var key in SupervisorKey.Set(options.Value.Supervisors))
        {
            grains.GetGrain<ISupervisorGrain>(key.Value).ScanAsync(ownersToo).Ignore();
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (Triggers.HasFlag(SupervisorTriggers.Startup))
        {
            TellSupervisors(ownersToo: false);
        }

        await sweep.SweepAsync(cancellationToken);
    }

    private async Task FollowSettingsAsync(CancellationToken cancellationToken)
    {
        // No step begins in this silo before it knows: a call that was lost with another silo is not waited for until
        // its time is over.
        var settings = await grains
            .GetGrain<IClusterSettingsGrain>(0)
            .GetAsync()
            .WaitAsync(SettingsInterval, TimeProvider.System, cancellationToken);
        gate.Set(settings.EnginePaused);
    }

    [LoggerMessage(400021, LogLevel.Warning, "A task of the silo's supervision failed and is tried again.")]
    private partial void LogLoopFailed(Exception exception);
}

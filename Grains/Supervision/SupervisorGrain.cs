using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Supervises a part of the id space. Its reminder alone is enough; everything else only makes it sooner.
/// </summary>
[Reentrant, KeepAlive, SupervisorPlacement, GrainType("owf.supervisor")]
internal sealed partial class SupervisorGrain(
    [PersistentState("supervisor", ControlPlane.StorageName)] IPersistentState<SupervisorState> state,
    ActiveLanes lanes,
    EngineClock clock,
    IOptions<WorkflowOptions> options,
    SupervisorPass pass,
    IClusterMembershipService membership,
    ILocalSiloDetails details,
    ILogger<SupervisorGrain> logger) : Grain, ISupervisorGrain, IRemindable, IHearsOfRefusals, IDisposable
{
    private const string ReminderName = "scan";

    private static readonly TimeSpan StateInterval = TimeSpan.FromSeconds(30);

    /// <summary>Processes in memory have timers of their own, which come first by this much.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How often all supervisors of a set together look for due times at most, while there are some all the time.
    /// </summary>
    private const int LooksPerSecond = 40;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = logger;
    private CancellationToken _stopped;
    private ITimer? _timer;
    private ITimer? _ring;
    private long _askedAt;
    private long _ownersAt;
    private Stage _stage;
    private bool _dueFromStart;
    private DateTimeOffset _lookedAt;
    private SingleFlight _pass = null!;
    private SingleFlight _settings = null!;
    private SingleFlight _messages = null!;
    private SingleFlight _orphans = null!;
    private SingleFlight _due = null!;

    /// <summary>How far the activation has come; it never goes back.</summary>
    private enum Stage
    {
        /// <summary>Nothing of the cluster has called it.</summary>
        New,

        /// <summary>It was asked to look.</summary>
        Asked,

        /// <summary>It also has its reminder, which alone brings it back.</summary>
        Reminded,

        /// <summary>It ends here, and comes back at its home.</summary>
        Moving,

        /// <summary>It ends for good: the silos have another number of supervisors.</summary>
        Ended,
    }

    private bool Looks => _stage < Stage.Moving && !lanes.IsDraining;

    private SupervisorKey Key => SupervisorKey.Of(this.GetPrimaryKeyLong());

    /// <summary>The shortest time between two looks for what is due.</summary>
    private TimeSpan Pause => TimeSpan.FromSeconds((double)Key.Count / LooksPerSecond);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Kept, since a pass can outlive the source.
        _stopped = _stopping.Token;
        _askedAt = TimeProvider.System.GetTimestamp();
        // Each by itself: what one has to wait for holds up none of the others.
        _pass = new SingleFlight(() => LookAsync(PassAsync));
        _settings = new SingleFlight(() => LookAsync(FollowSettingsAsync));
        _messages = new SingleFlight(() => LookAsync(() => pass.DeliverAsync(Key.Slices, _stopped)));
        _orphans = new SingleFlight(() => LookAsync(LookForOrphansAsync));
        _due = new SingleFlight(() => LookAsync(LookForDueAsync));
        if (options.Value.SupervisorTriggers.HasFlag(SupervisorTriggers.Timer))
        {
            var scheduler = TaskScheduler.Current;
            // The pace is real time, whatever clock says what is due: a clock that stands still or jumps keeps nobody
            // from looking.
            var interval = options.Value.ScanInterval;
            _timer = TimeProvider.System.CreateTimer(_ => Begin(_pass.Ask), state: null, interval, interval);
            _ring = TimeProvider.System.CreateTimer(
                _ => Begin(_due.Ask),
                state: null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);

            void Begin(Action action) =>
                Task.Factory.StartNew(action, _stopped, TaskCreationOptions.DenyChildAttach, scheduler).Ignore();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var timer in new[] { _timer, _ring }.OfType<ITimer>())
        {
            await timer.DisposeAsync();
        }

        await _stopping.CancelAsync();
        if (_stage == Stage.Moving)
        {
            // The next activation begins at home with a pass of its own.
            GrainFactory.GetGrain<ISupervisorGrain>(this.GetPrimaryKeyLong()).ScanAsync(ownersToo: true).Ignore();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <inheritdoc/>
    public async Task ScanAsync(bool ownersToo)
    {
        Reach(Stage.Asked);
        _askedAt = TimeProvider.System.GetTimestamp();
        if (_stage < Stage.Reminded && Key.IsValid)
        {
            var period = options.Value.ReminderPeriod;
            await this.RegisterOrUpdateReminder(ReminderName, period, period);
            Reach(Stage.Reminded);
        }

        AskForPass(ownersToo);
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Reach(Stage.Reminded);
        AskForPass(ownersToo: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Refused()
    {
        // Its timers would go on for a supervisor that nothing of the cluster has asked for.
        if (_stage == Stage.New)
        {
            this.DeactivateOnIdle();
        }
    }

    private void Reach(Stage stage) => _stage = stage > _stage ? stage : _stage;

    private void AskForPass(bool ownersToo)
    {
        if (ownersToo)
        {
            _ownersAt = 0;
        }

        _pass.Ask();
    }

    /// <summary>Begins to look for everything; for orphans only when it is time, or it was asked for.</summary>
    private async Task PassAsync()
    {
        if (!IsWanted())
        {
            await EndAsync();
            return;
        }

        _settings.Ask();
        _messages.Ask();
        if (_ownersAt == 0 || TimeProvider.System.GetElapsedTime(_ownersAt) >= options.Value.OwnerScanInterval)
        {
            _ownersAt = TimeProvider.System.GetTimestamp();
            _orphans.Ask();
        }

        _dueFromStart = true;
        _due.Ask();
        await SaveAsync();
        GoHome();
    }

    private async Task LookAsync(Func<Task> look)
    {
        if (!Looks)
        {
            return;
        }

        try
        {
            await look();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The next activation begins with a pass of its own.
        }
        catch (Exception e)
        {
            // The boundary of a look: the next one starts over, so nothing is lost.
            LogPassFailed(Key.Index, e);
        }
    }

    /// <summary>Whether a silo has this set of supervisors: this one, or another that has said so lately.</summary>
    private bool IsWanted() =>
        Key.IsValid
        && (
            Key.Count == options.Value.Supervisors
            || TimeProvider.System.GetElapsedTime(_askedAt) < 3 * options.Value.OwnerScanInterval);

    /// <summary>
    /// Ends this supervisor for good: the silos have another number of them now, whose set covers everything.
    /// </summary>
    private async Task EndAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        await StoreAsync(() => state.RecordExists ? state.ClearStateAsync() : Task.CompletedTask);
        Reach(Stage.Ended);
        this.DeactivateOnIdle();
    }

    /// <summary>
    /// After a silo has joined, the home of a supervisor may be elsewhere: it ends here and comes back there.
    /// </summary>
    private void GoHome()
    {
        if (
            SupervisorPlacement.Home(Key.Index, Members.ActiveOf(membership)) is { } home
            && !home.Equals(details.SiloAddress))
        {
            Reach(Stage.Moving);
            this.DeactivateOnIdle();
        }
    }

    private async Task FollowSettingsAsync() =>
        pass.PerSecond = (await GrainFactory.GetGrain<IClusterSettingsGrain>(0).GetAsync()).WakesPerSecond
            ?? options.Value.WakesPerSecond;

    private async Task LookForOrphansAsync()
    {
        try
        {
            if (!await pass.WakeOrphansAsync(Key.Slices, _stopped) && !lanes.IsDraining)
            {
                _orphans.Ask();
            }
        }
        catch
        {
            // What could not be read is looked for with the next pass.
            _ownersAt = 0;
            throw;
        }

        if (Key.Index == 0)
        {
            await pass.PurgeAsync(_stopped);
        }
    }

    private async Task LookForDueAsync()
    {
        var (began, all) = (clock.Now, _dueFromStart);
        _dueFromStart = false;
        Ring(await pass.WakeDueAsync(Key.Slices, options.Value.ScanInterval, all, _stopped));
        _lookedAt = all ? began : _lookedAt;
    }

    private async Task SaveAsync()
    {
        if (_lookedAt >= state.State.LastCompleteScan + StateInterval)
        {
            await StoreAsync(() =>
            {
                state.State = new SupervisorState
                {
                    FirstSlice = Key.Slices.First,
                    LastSlice = Key.Slices.Last,
                    LastCompleteScan = _lookedAt,
                    Woken = state.State.Woken + pass.Woken,
                };
                return state.WriteStateAsync();
            });
        }
    }

    /// <summary>
    /// Stores. A database that fell back has an earlier state than this grain knows, which is read again.
    /// </summary>
    private async Task StoreAsync(Func<Task> store)
    {
        try
        {
            await store();
        }
        catch (InconsistentStateException)
        {
            await state.ReadStateAsync();
            await store();
        }
    }

    /// <summary>
    /// Looks again when the next timer is due, rather than with the next turn of the supervisor's own timer.
    /// </summary>
    private void Ring(DateTimeOffset? next)
    {
        if (next is { } due && _ring is { } ring && !_stopped.IsCancellationRequested)
        {
            var wait = due + Courtesy - clock.Now;
            ring.Change(wait > Pause ? wait : Pause, Timeout.InfiniteTimeSpan);
        }
    }
}

using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Storage;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Supervises a part of the id space. Its reminder alone is enough; everything else only makes it sooner.</summary>
[Reentrant, KeepAlive, SupervisorPlacement, GrainType("owf.supervisor")]
internal sealed partial class SupervisorGrain(
    [PersistentState("supervisor", ControlPlane.StorageName)] IPersistentState<SupervisorState> state,
    SiloRuntime silo,
    SupervisorPass pass,
    IClusterMembershipService membership,
    ILocalSiloDetails details,
    ILogger<SupervisorGrain> logger) : Grain, ISupervisorGrain, IRemindable, IHearsOfRefusals, IDisposable
{
    private const string ReminderName = "scan";

    private static readonly TimeSpan StateInterval = TimeSpan.FromSeconds(30);

    /// <summary>Processes in memory have timers of their own, which come first by this much.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    /// <summary>How often all supervisors of a set together look for due times at most, while there are some all the time.</summary>
    private const int LooksPerSecond = 40;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = logger;
    private CancellationToken _stopped;
    private ITimer? _timer;
    private ITimer? _ring;
    private long _askedAt;
    private long _ownersAt;
    private bool _reminded;
    private bool _moves;
    private bool _isCalled;
    private bool _ended;
    private bool _passing;
    private bool _allDue;
    private DateTimeOffset _lookedAt;
    private SingleFlight _settings = null!;
    private SingleFlight _messages = null!;
    private SingleFlight _orphans = null!;
    private SingleFlight _due = null!;

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
        _settings = new SingleFlight(() => LookAsync(FollowSettingsAsync));
        _messages = new SingleFlight(() => LookAsync(() => pass.DeliverAsync(Key.Slices, _stopped)));
        _orphans = new SingleFlight(() => LookAsync(LookForOrphansAsync));
        _due = new SingleFlight(() => LookAsync(LookForDueAsync));
        if (silo.Options.SupervisorTriggers.HasFlag(SupervisorTriggers.Timer))
        {
            var scheduler = TaskScheduler.Current;
            // The pace is real time, whatever clock says what is due: a clock that stands still or jumps keeps nobody from looking.
            _timer = TimeProvider.System.CreateTimer(_ => Begin(() => PassAsync(ownersToo: false).Ignore()), state: null, silo.Options.ScanInterval, silo.Options.ScanInterval);
            _ring = TimeProvider.System.CreateTimer(_ => Begin(_due.Ask), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            void Begin(Action action) => Task.Factory.StartNew(action, _stopped, TaskCreationOptions.DenyChildAttach, scheduler).Ignore();
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
        if (_moves)
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
        _isCalled = true;
        _askedAt = TimeProvider.System.GetTimestamp();
        if (!_reminded && Key.IsValid)
        {
            var period = silo.Options.ReminderPeriod;
            await this.RegisterOrUpdateReminder(ReminderName, period, period);
            _reminded = true;
        }

        PassAsync(ownersToo).Ignore();
    }

    /// <inheritdoc/>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        (_reminded, _isCalled) = (true, true);
        PassAsync(ownersToo: true).Ignore();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Refused()
    {
        // Its timers would go on for a supervisor that nobody of the cluster has asked for.
        if (!_isCalled)
        {
            this.DeactivateOnIdle();
        }
    }

    /// <summary>Begins to look for everything; for orphans only when it is time, or somebody asks for it.</summary>
    private async Task PassAsync(bool ownersToo)
    {
        if (ownersToo)
        {
            _ownersAt = 0;
        }

        if (_passing || _ended || silo.IsDraining)
        {
            return;
        }

        _passing = true;
        try
        {
            if (!IsWanted())
            {
                await EndAsync();
                return;
            }

            _settings.Ask();
            _messages.Ask();
            if (_ownersAt == 0 || TimeProvider.System.GetElapsedTime(_ownersAt) >= silo.Options.OwnerScanInterval)
            {
                _ownersAt = TimeProvider.System.GetTimestamp();
                _orphans.Ask();
            }

            _allDue = true;
            _due.Ask();
            await SaveAsync();
            GoHome();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The next activation begins with a pass of its own.
        }
        catch (Exception e)
        {
            // The boundary of a pass: the next one starts over, so nothing is lost.
            LogPassFailed(Key.Index, e);
        }
        finally
        {
            _passing = false;
        }
    }

    private async Task LookAsync(Func<Task> look)
    {
        if (_ended || silo.IsDraining)
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
    private bool IsWanted() => Key.IsValid && (Key.Count == silo.Options.Supervisors || TimeProvider.System.GetElapsedTime(_askedAt) < 3 * silo.Options.OwnerScanInterval);

    /// <summary>Ends this supervisor for good: the silos have another number of them now, whose set covers everything.</summary>
    private async Task EndAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        await StoreAsync(() => state.RecordExists ? state.ClearStateAsync() : Task.CompletedTask);
        _ended = true;
        this.DeactivateOnIdle();
    }

    /// <summary>After a silo has joined, the home of a supervisor may be elsewhere: it ends here and comes back there.</summary>
    private void GoHome()
    {
        var active = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active).Select(static member => member.SiloAddress);
        if (SupervisorPlacement.Home(Key.Index, active) is { } home && !home.Equals(details.SiloAddress))
        {
            _moves = true;
            this.DeactivateOnIdle();
        }
    }

    private async Task FollowSettingsAsync() =>
        pass.PerSecond = (await GrainFactory.GetGrain<IClusterSettingsGrain>(0).GetAsync()).WakesPerSecond ?? silo.Options.WakesPerSecond;

    private async Task LookForOrphansAsync()
    {
        try
        {
            if (!await pass.WakeOrphansAsync(Key.Slices, _stopped) && !silo.IsDraining)
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
        var (began, all) = (silo.Now, _allDue);
        _allDue = false;
        Ring(await pass.WakeDueAsync(Key.Slices, silo.Options.ScanInterval, all, _stopped));
        _lookedAt = all ? began : _lookedAt;
    }

    private async Task SaveAsync()
    {
        if (_lookedAt >= state.State.LastCompleteScan + StateInterval)
        {
            await StoreAsync(() =>
            {
                state.State = new SupervisorState { FirstSlice = Key.Slices.First, LastSlice = Key.Slices.Last, LastCompleteScan = _lookedAt, Woken = state.State.Woken + pass.Woken };
                return state.WriteStateAsync();
            });
        }
    }

    /// <summary>Stores. A database that fell back has an earlier state than this grain knows, which is read again.</summary>
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

    /// <summary>Looks again when the next timer is due, rather than with the next turn of the supervisor's own timer.</summary>
    private void Ring(DateTimeOffset? next)
    {
        if (next is { } due && _ring is { } ring && !_stopped.IsCancellationRequested)
        {
            var wait = due + Courtesy - silo.Now;
            ring.Change(wait > Pause ? wait : Pause, Timeout.InfiniteTimeSpan);
        }
    }
}

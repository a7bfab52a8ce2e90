using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Supervises a part of the id space. Its reminder alone is enough; everything else only makes it sooner.</summary>
[Reentrant, KeepAlive, SupervisorPlacement, GrainType("owf.supervisor")]
internal sealed partial class SupervisorGrain(
    [PersistentState("supervisor", ControlPlane.StorageName)] IPersistentState<SupervisorState> state,
    SiloRuntime silo,
    SupervisorPass pass,
    IClusterMembershipService membership,
    ILocalSiloDetails details,
    ILogger<SupervisorGrain> logger) : Grain, ISupervisorGrain, IRemindable, IDisposable
{
    private const string ReminderName = "scan";

    private static readonly TimeSpan StateInterval = TimeSpan.FromSeconds(30);

    /// <summary>Processes in memory have timers of their own, which come first by this much.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the processes of a dead silo that were woken have to move before it is looked for more of them.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    /// <summary>How often all supervisors of a set together look for due times at most, while there are some all the time.</summary>
    private const int LooksPerSecond = 40;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = logger;
    private CancellationToken _stopped;
    private ITimer? _timer;
    private ITimer? _ring;
    private long _askedAt;
    private long _ownersAt;
    private int _perSecond;
    private bool _reminded;
    private bool _moves;
    private bool _ended;
    private bool _passing;
    private bool _allNow;
    private bool _ownersNow;
    private bool _ownersMore;

    private SupervisorKey Key => SupervisorKey.Of(this.GetPrimaryKeyLong());

    /// <summary>The shortest time between two looks for what is due.</summary>
    private TimeSpan Pause => TimeSpan.FromSeconds((double)Key.Count / LooksPerSecond);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Kept, since a pass can outlive the source.
        _stopped = _stopping.Token;
        _askedAt = TimeProvider.System.GetTimestamp();
        _perSecond = silo.Options.WakesPerSecond;
        if (silo.Options.SupervisorTriggers.HasFlag(SupervisorTriggers.Timer))
        {
            var scheduler = TaskScheduler.Current;
            // The pace is real time, whatever clock says what is due: a clock that stands still or jumps keeps nobody from looking.
            _timer = TimeProvider.System.CreateTimer(_ => Begin(all: true), state: null, silo.Options.ScanInterval, silo.Options.ScanInterval);
            _ring = TimeProvider.System.CreateTimer(_ => Begin(all: false), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            void Begin(bool all) =>
                Task.Factory.StartNew(() => PassAsync(ownersToo: false, all), _stopped, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap().Ignore();
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
        _reminded = true;
        PassAsync(ownersToo: true).Ignore();
        return Task.CompletedTask;
    }

    private async Task PassAsync(bool ownersToo, bool all = true)
    {
        _ownersNow |= ownersToo;
        _allNow |= all;
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

            do
            {
                await PassOnceAsync();
                if (_ownersMore && !_ownersNow && !_allNow)
                {
                    await Task.Delay(Breath, TimeProvider.System, _stopped);
                }
            }
            while ((_ownersNow || _ownersMore || _allNow) && !silo.IsDraining);
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

    /// <summary>Whether a silo has this set of supervisors: this one, or another that has said so lately.</summary>
    private bool IsWanted() => Key.IsValid && (Key.Count == silo.Options.Supervisors || TimeProvider.System.GetElapsedTime(_askedAt) < 3 * silo.Options.OwnerScanInterval);

    /// <summary>Ends this supervisor for good: the silos have another number of them now, whose set covers everything.</summary>
    private async Task EndAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        if (state.RecordExists)
        {
            await state.ClearStateAsync();
        }

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

    private async Task PassOnceAsync()
    {
        var (began, slices, all) = (silo.Now, Key.Slices, _allNow);
        _allNow = false;
        if (all)
        {
            var settings = await GrainFactory.GetGrain<IClusterSettingsGrain>(0).GetAsync();
            _perSecond = settings.WakesPerSecond ?? silo.Options.WakesPerSecond;
            await pass.DeliverAsync(slices, _perSecond, _stopped);
        }

        var owners = _ownersNow || _ownersMore || (all && (_ownersAt == 0 || TimeProvider.System.GetElapsedTime(_ownersAt) >= silo.Options.OwnerScanInterval));
        if (owners)
        {
            await LookForOrphansAsync(slices);
        }

        var next = await pass.WakeDueAsync(slices, silo.Options.ScanInterval, _perSecond, _stopped);
        Ring(next);
        if (owners && Key.Index == 0)
        {
            await pass.PurgeAsync(_stopped);
        }

        if (all && began >= state.State.LastCompleteScan + StateInterval)
        {
            state.State = new SupervisorState { FirstSlice = slices.First, LastSlice = slices.Last, LastCompleteScan = began, Woken = state.State.Woken + pass.Woken };
            await state.WriteStateAsync();
        }
    }

    private async Task LookForOrphansAsync(SliceRange slices)
    {
        // A look that fails is made again with the next pass; one that is asked for meanwhile, after this one.
        var (asked, looked) = (_ownersNow || _ownersMore, TimeProvider.System.GetTimestamp());
        (_ownersNow, _ownersMore) = (false, false);
        try
        {
            _ownersMore = !await pass.WakeOrphansAsync(slices, _perSecond, _stopped);
            _ownersAt = looked;
        }
        catch
        {
            _ownersNow |= asked;
            throw;
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

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

    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = logger;
    private CancellationToken _stopped;
    private ITimer? _timer;
    private bool _reminded;
    private bool _moves;
    private bool _passing;
    private bool _ownersNow;
    private long _ownersAt;

    private long Index => this.GetPrimaryKeyLong();

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Kept, since a pass can outlive the source.
        _stopped = _stopping.Token;
        if (silo.Options.SupervisorTriggers.HasFlag(SupervisorTriggers.Timer))
        {
            var scheduler = TaskScheduler.Current;
            // The pace is real time, whatever clock says what is due: a clock that stands still or jumps keeps nobody from looking.
            _timer = TimeProvider.System.CreateTimer(
                _ => Task.Factory.StartNew(() => PassAsync(ownersToo: false), _stopped, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap().Ignore(),
                state: null,
                silo.Options.ScanInterval,
                silo.Options.ScanInterval);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _stopping.CancelAsync();
        if (_moves)
        {
            // The next activation begins at home with a pass of its own.
            GrainFactory.GetGrain<ISupervisorGrain>(Index).ScanAsync(ownersToo: true).Ignore();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <inheritdoc/>
    public async Task ScanAsync(bool ownersToo)
    {
        if (!_reminded)
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

    private async Task PassAsync(bool ownersToo)
    {
        _ownersNow |= ownersToo;
        if (_passing || Index >= silo.Options.Supervisors || silo.IsDraining)
        {
            return;
        }

        _passing = true;
        try
        {
            do
            {
                await PassOnceAsync();
            }
            while (_ownersNow);
            GoHome();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The next activation begins with a pass of its own.
        }
        catch (Exception e)
        {
            // The boundary of a pass: the next one starts over, so nothing is lost.
            LogPassFailed(Index, e);
        }
        finally
        {
            _passing = false;
        }
    }

    /// <summary>After a silo has joined, the home of a supervisor may be elsewhere: it ends here and comes back there.</summary>
    private void GoHome()
    {
        var active = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active).Select(static member => member.SiloAddress);
        if (SupervisorPlacement.Home(Index, active) is { } home && !home.Equals(details.SiloAddress))
        {
            _moves = true;
            this.DeactivateOnIdle();
        }
    }

    private async Task PassOnceAsync()
    {
        var began = silo.Now;
        var slices = SliceRange.Part((int)Index, silo.Options.Supervisors);
        var settings = await GrainFactory.GetGrain<IClusterSettingsGrain>(0).GetAsync();
        var perSecond = settings.WakesPerSecond ?? silo.Options.WakesPerSecond;
        await pass.DeliverAsync(slices, perSecond, _stopped);
        var looked = TimeProvider.System.GetTimestamp();
        var seldom = _ownersNow || _ownersAt == 0 || TimeProvider.System.GetElapsedTime(_ownersAt, looked) >= silo.Options.OwnerScanInterval;
        if (seldom)
        {
            // A scan that fails is made again with the next pass; one that is asked for meanwhile, after this one.
            var asked = _ownersNow;
            _ownersNow = false;
            try
            {
                await pass.WakeOrphansAsync(slices, perSecond, _stopped);
                _ownersAt = looked;
            }
            catch
            {
                _ownersNow |= asked;
                throw;
            }
        }

        await pass.WakeDueAsync(slices, perSecond, _stopped);
        if (seldom && Index == 0)
        {
            await pass.PurgeAsync(_stopped);
        }

        if (began >= state.State.LastCompleteScan + StateInterval)
        {
            state.State = new SupervisorState { FirstSlice = slices.First, LastSlice = slices.Last, LastCompleteScan = began, Woken = state.State.Woken + pass.Woken };
            await state.WriteStateAsync();
        }
    }
}

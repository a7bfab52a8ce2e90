using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>What all process activations of a silo share: its name, its store, and who runs what.</summary>
internal sealed class SiloRuntime(
    ILocalSiloDetails silo,
    IProcessStore store,
    DefinitionRegistry definitions,
    StepRunner runner,
    ComputeThreads compute,
    TransitionObservers observers,
    [FromKeyedServices(WorkflowTimeProviderNames.Engine)] TimeProvider time,
    ProcessPlaces places,
    WorkflowInstruments instruments,
    StartShedding shedding,
    IOptions<WorkflowOptions> options)
{
    private const int MaxFailures = 3;

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ProcessId, ProcessLane> _driving = new();
    private readonly ConcurrentDictionary<ProcessId, int> _failures = new();

    /// <summary>The silo as rows name their owner: address with generation.</summary>
    public string Owner { get; } = silo.SiloAddress.ToParsableString();

    /// <summary>The store.</summary>
    public IProcessStore Store => store;

    /// <summary>The process types that the silo can run.</summary>
    public DefinitionRegistry Definitions => definitions;

    /// <summary>What all silos can run.</summary>
    public ClusterTypes Types => places.Types;

    /// <summary>Runs steps.</summary>
    public StepRunner Runner => runner;

    /// <summary>Where CPU-bound steps run.</summary>
    public ComputeThreads Compute => compute;

    /// <summary>Hooks and listeners.</summary>
    public TransitionObservers Observers => observers;

    /// <summary>What the silo measures.</summary>
    public WorkflowInstruments Instruments => instruments;

    /// <summary>What the silo is short of, so that it takes no new processes; null while it takes them.</summary>
    public StartShedding.Shortage? WhyNoStarts => shedding.Current ?? (store.Overload is { } text ? new StartShedding.Shortage(StartShedding.Load, text) : null);

    /// <summary>The places for starts that are under way.</summary>
    public StartPlaces StartPlaces => shedding.Places;

    /// <summary>The engine's time.</summary>
    public TimeProvider Time => time;

    /// <summary>The tunings.</summary>
    public WorkflowOptions Options => options.Value;

    /// <summary>Whether the silo stops: no step is begun any more.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>Holds steps while the operators have paused the whole engine.</summary>
    public PauseGate Gate { get; } = new();

    /// <summary>Lets steps in that were running when their hosts died twice.</summary>
    public SuspectGate Suspects { get; } = new(TimeProvider.System);

    /// <summary>The processes whose steps run in this silo, in no order.</summary>
    /// <remarks>By the dictionary's own method: a spread asks for the count first, and has empty places when processes leave meanwhile.</remarks>
    public IReadOnlyCollection<KeyValuePair<ProcessId, ProcessLane>> Driving => _driving.ToArray();

    /// <summary>The time, to the millisecond, as it is stored.</summary>
    public DateTimeOffset Now => ToTheMillisecond(time.GetUtcNow());

    /// <summary>A time that has surely come, for what ends a process.</summary>
    /// <param name="createdAt">When the process was created.</param>
    /// <returns>The time; the same as <see cref="Now"/> unless the silo has reason to doubt that.</returns>
    public DateTimeOffset Surely(DateTimeOffset createdAt) => time is ClusterClock clock ? ToTheMillisecond(clock.Surely(createdAt)) : Now;

    /// <summary>Notes that a process has somebody in this silo who moves it.</summary>
    /// <param name="id">The process.</param>
    /// <param name="lane">Who moves it.</param>
    public void Drives(ProcessId id, ProcessLane lane)
    {
        // Said with every turn, and almost always known: reading takes no lock.
        if (!_driving.TryGetValue(id, out var known) || known != lane)
        {
            _driving[id] = lane;
        }
    }

    /// <summary>Notes that a process has nobody in this silo any more.</summary>
    /// <param name="id">The process.</param>
    /// <param name="lane">Who moved it.</param>
    public void DrivesNoMore(ProcessId id, ProcessLane lane) => _driving.TryRemove(new KeyValuePair<ProcessId, ProcessLane>(id, lane));

    /// <summary>Tells the step of a process to stop, if it runs in this silo.</summary>
    /// <param name="id">The process.</param>
    /// <param name="reason">Why.</param>
    public void Cancel(ProcessId id, StopReason reason)
    {
        if (_driving.TryGetValue(id, out var lane))
        {
            lane.Cancel(reason);
        }
    }

    /// <summary>Whether a process has somebody in this silo who moves it.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Whether it has.</returns>
    public bool IsDriving(ProcessId id) => _driving.ContainsKey(id);

    /// <summary>Names a commit. One of a kind is enough, nobody has to be kept from guessing it: no call into the kernel for each.</summary>
    /// <returns>A random name.</returns>
    public static Guid NewOperation()
    {
        Span<byte> name = stackalloc byte[16];
        Random.Shared.NextBytes(name);
        return new Guid(name);
    }

    /// <summary>Pokes a process, wherever it is. Costs nothing if it is lost.</summary>
    /// <param name="id">The process.</param>
    /// <param name="needed">What a silo must have to run it; null when that is not known.</param>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    public void Poke(ProcessId id, NeededType? needed = null, DateTimeOffset? scanTime = null) => places.Poke(id, needed, scanTime);

    /// <summary>Wakes a process, wherever it is.</summary>
    /// <param name="id">The process.</param>
    /// <param name="needed">What a silo must have to run it; null when that is not known.</param>
    /// <param name="scanTime">The time for which a scan found it due.</param>
    /// <returns>Completes when it has looked; fails when it cannot be reached, or does not answer in time.</returns>
    public Task WakeAsync(ProcessId id, NeededType? needed, DateTimeOffset? scanTime) => places.WakeAsync(id, needed, scanTime);

    /// <summary>Pokes everybody to whom a commit has given something to do.</summary>
    /// <param name="commit">The commit, which is durable.</param>
    /// <param name="result">What the store said.</param>
    public void PokeReceivers(ProcessCommit commit, CommitResult result)
    {
        if (commit is { Children.Count: 0, Messages.Count: 0 } && result.Told.Count == 0)
        {
            return;
        }

        foreach (var child in commit.Children.Where(static child => child.DueAt is not null))
        {
            Poke(child.Id, child.Needs);
        }

        foreach (var id in commit.Messages.Select(static message => message.Receiver).Concat(result.Told))
        {
            Poke(id);
        }
    }

    /// <summary>Commits, and while the store is unavailable commits again: the state of a live process is not dropped for that.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="givenUp">Whether nobody wants it any more.</param>
    /// <param name="again">Is told before each new try why.</param>
    /// <returns>The true outcome; Unavailable only when nobody wants it any more.</returns>
    public async Task<CommitResult> CommitAsync(ProcessCommit commit, Func<bool> givenUp, Action<string?> again)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = delay * 2 < LongestRetryDelay ? delay * 2 : LongestRetryDelay)
        {
            var result = await TryCommitAsync(commit);
            if (result.Status != CommitStatus.Unavailable || givenUp())
            {
                return result;
            }

            again(result.Reason);
            await Task.Delay(delay, TimeProvider.System);
        }
    }

    /// <summary>Commits, once.</summary>
    /// <param name="commit">The commit.</param>
    /// <returns>The true outcome.</returns>
    public async Task<CommitResult> TryCommitAsync(ProcessCommit commit)
    {
        var began = instruments.Begin();
        var result = await store.CommitAsync(commit, CancellationToken.None);
        instruments.CommitEnded(began, result.Status);
        return result;
    }

    /// <summary>Commits a decision in the place of an activation whose thread is held, once: the row's version says who was first.</summary>
    /// <param name="before">The process as it was.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="definition">The process's definition; null when it is not known here.</param>
    /// <returns>Whether it is committed.</returns>
    public async Task<bool> CommitAsideAsync(EngineState before, Decision decision, ProcessDefinition? definition)
    {
        if (decision.Commit is not { } commit)
        {
            return false;
        }

        var result = await TryCommitAsync(commit);
        if (result.Status == CommitStatus.Rejected && decision.Next.Row.State == ProcessState.Killed)
        {
            (commit, result) = await LoneKill.CommitAsync(this, before.Row, commit, result.Reason, TryCommitAsync);
        }

        if (result.Status != CommitStatus.Done)
        {
            return false;
        }

        instruments.Committed(before.Row, commit.Row, Now);
        PokeReceivers(commit, result);
        observers.Tell(definition, decision);
        return true;
    }

    /// <summary>Reads a process's unseen messages.</summary>
    /// <param name="id">The process.</param>
    /// <returns>The messages; none while the store is unavailable, which is no reason to drop a running step: what stays unseen is poked again.</returns>
    public async Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id)
    {
        try
        {
            return await store.ReadInboxAsync(id, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            return [];
        }
    }

    /// <summary>Counts that a process could not be worked with for no reason that the engine knows.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Whether that is enough: the third time without a commit in between.</returns>
    public bool CountFailure(ProcessId id) => _failures.AddOrUpdate(id, 1, static (_, count) => count + 1) >= MaxFailures;

    /// <summary>Takes note that a process has moved.</summary>
    /// <param name="id">The process.</param>
    public void ForgetFailures(ProcessId id) => _failures.TryRemove(id, out _);

    /// <summary>Begins no more steps.</summary>
    public void Drain() => IsDraining = true;

    private static DateTimeOffset ToTheMillisecond(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}

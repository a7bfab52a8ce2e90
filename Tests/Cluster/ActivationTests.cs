using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>When an activation leaves the memory, and what goes on at once rather than by the next look.</summary>
public sealed class ActivationTests
{
    /// <summary>Longer than a test: what waits for it is not what the test sees.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitingProcess_StaysInMemoryWhileItIsWatched_AndLeavesWhenItIsNot()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options =>
            options.IdleTimeout = TimeSpan.FromSeconds(1));
        var watched = await WaitingAsync(cluster, "watched");
        var end = watched.WaitAsync(Cancel);
        var alone = await WaitingAsync(cluster, "alone");

        await Eventually.TrueAsync("nobody watches it, and it leaves", async () =>
            !await IsInMemoryAsync(cluster, alone.Id));

        (await IsInMemoryAsync(cluster, watched.Id)).ShouldBeTrue("it began to wait before the other");
        await watched.SignalAsync("go", "on", cancellationToken: Cancel);
        (await end).State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task Activation_WhoseCommitLosesToAnother_ReadsTheProcessAnew()
    {
        ConflictStore? store = null;
        await using var cluster = await TestCluster.StartAsync(wrap: inner => store = new ConflictStore(inner));
        var process = await WaitingAsync(cluster, "conflict");
        var before = store!.Loads;
        store.Conflicts = true;

        await process.SignalAsync("go", "on", cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Got.ShouldBe("on");
        store.Conflicts.ShouldBeFalse();
        store.Loads.ShouldBe(before + 1, "what it knew is old, and nothing is decided by it any more");
    }

    [Fact]
    public async Task Step_InterruptedAndPausedAndPlayed_GoesOnAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync(
            silos: 2,
            configure: static options => options.OwnerScanInterval = Never);
        var process = await cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), cancellationToken: Cancel);
        await cluster.Recorder.EnteredAsync(process.Id);
        var owner = (await cluster.Store.LoadAsync(process.Id, Cancel))!.Row.Owner;
        await process.PauseAsync(cancellationToken: Cancel);
        await cluster.Whole.KillSiloAsync(
            cluster.Cluster.Silos.Single(silo => silo.SiloAddress.ToParsableString() == owner),
            Cancel);
        await Eventually.TrueAsync("it is paused by the silo that is left", async () =>
            (await process.GetStatusAsync(Cancel)).Summary is { Paused: true, State: ProcessState.Running });
        cluster.Recorder.Reset(process.Id);

        await process.PlayAsync(cancellationToken: Cancel);

        await cluster.Recorder.EnteredAsync(process.Id);
        cluster.Recorder.Open(process.Id);
        (await process.GetResultAsync(Cancel)).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task KillByForce_OfAStepThatHoldsItsThread_IsOverdueAtOnce_WhoeverWasToCarryItOut()
    {
        await using var cluster = await TestCluster.StartAsync(configure: static options =>
            options.GracePeriod = Never);
        var process = await cluster.Client.StartAsync(Types.Probe, new ProbeInput("spin"), cancellationToken: Cancel);
        await cluster.Recorder.EnteredAsync(process.Id);

        // As by a gateway that died before it came to that.
        await cluster.Store.SendAsync(
            new InboxMessage
            {
                Receiver = process.Id,
                MessageId = "c:force",
                Kind = MessageKind.ForceKill,
                SentAt = TimeProvider.System.GetUtcNow(),
            },
            Cancel);

        await Eventually.TrueAsync(
            "the supervisor kills it",
            async () => (await cluster.Store.LoadAsync(process.Id, Cancel))!.Row.State == ProcessState.Killed,
            seconds: 20);
        cluster.Recorder.Notes.ShouldNotContain($"{process.Id} stopped spinning", "the step still holds its thread");
        cluster.Recorder.Open(process.Id);
    }

    private static async Task<ProcessHandle<WaitOutput>> WaitingAsync(TestCluster cluster, string id)
    {
        // Not by the client, which would ask to be told of the end.
        var request = new StartRequest
        {
            RequestId = Guid.NewGuid().ToString("N"),
            Type = Types.Wait.Name,
            Input = "{}"u8.ToArray(),
        };
        await cluster.Grains.GetGrain<IProcessGatewayGrain>(0).StartAsync(ProcessId.Parse(id), request, observer: null);
        var process = cluster.Client.GetHandle<WaitOutput>(ProcessId.Parse(id));
        await Eventually.TrueAsync("it waits", async () =>
            (await process.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        return process;
    }

    private static async Task<bool> IsInMemoryAsync(TestCluster cluster, ProcessId id) =>
        await cluster
            .Grains.GetGrain<IManagementGrain>(0)
            .GetActivationAddress(cluster.Grains.GetGrain<IProcessGrain>(id.Value))
        is not null;

    /// <summary>Says once that another activation was first.</summary>
    private sealed class ConflictStore(IProcessStore inner) : DelegatingProcessStore(inner)
    {
        private int _loads;

        public bool Conflicts { get; set; }

        public int Loads => Volatile.Read(ref _loads);

        public override Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _loads);
            return base.LoadAsync(id, cancellationToken);
        }

        public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
        {
            if (!Conflicts)
            {
                return base.CommitAsync(commit, cancellationToken);
            }

            Conflicts = false;
            return Task.FromResult(CommitResult.Failed(CommitStatus.Conflict));
        }
    }
}

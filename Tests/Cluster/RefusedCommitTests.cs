using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// What the store refuses for good is an incident in whatever state, and is not tried for ever; a kill is carried out
/// all the same.
/// </summary>
public sealed class RefusedCommitTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private RefusingProcessStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(wrap: store => _store = new RefusingProcessStore(store));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Kill_WhoseMessagesAreRefused_IsCommittedAlone_AndTheyAreSentApart()
    {
        var (parent, child) = await FamilyAsync();
        _store.Refuses = static commit => commit.ToChildren.Count + commit.Messages.Count > 0;

        await parent.KillAsync("enough", cancellationToken: Cancel);

        (await parent.WaitAsync(Cancel)).Message.ShouldBe("enough");
        (await child.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        _store.Refused.Count.ShouldBeInRange(
            2,
            5,
            "each was refused once, and then killed alone by its own activation; the supervisor would need more");
        (await TextsAsync(parent)).ShouldContain(static text =>
            text.Contains("a rule of the test", StringComparison.Ordinal)
            && text.Contains("Kill for the children that live", StringComparison.Ordinal));
        (await TextsAsync(child)).ShouldContain(text =>
            text.Contains($"ChildEnded for {parent.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KillOfAChild_WhoseMessageIsRefused_IsToldToTheParent()
    {
        var (parent, child) = await FamilyAsync();
        _store.Refuses = commit => commit.Row.Id == child.Id && commit.Messages.Count > 0;

        await child.KillAsync("only you", cancellationToken: Cancel);

        (await child.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        _store.Refused.Count.ShouldBeInRange(1, 4, "the supervisor did not have to come");
        (await parent.WaitAsync(Cancel)).State.ShouldBe(
            ProcessState.Excepted,
            "it goes on, and cannot do anything with a child without output");
    }

    [Fact]
    public async Task Kill_WhoseTextsAreRefusedToo_LeavesTheRowAsItWas()
    {
        var handle = await WaitingAsync();
        _store.Refuses = static commit => commit.Row.StatusText == "a text that no database takes";

        await handle.KillAsync("a text that no database takes", cancellationToken: Cancel);

        (await handle.WaitAsync(Cancel)).ShouldSatisfyAllConditions(
            end => end.State.ShouldBe(ProcessState.Killed),
            end => end.ExitCode.ShouldBe(EngineExitCodes.Killed));
        _store.Refused.Count.ShouldBeInRange(
            2,
            5,
            "with the rest, and alone with its text; the supervisor did not have to come");
        (await handle.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe("listening");
    }

    [Fact]
    public async Task KillOfAStepThatHoldsItsThread_IsCommittedAloneByTheSupervisorToo()
    {
        var handle = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("spin"), cancellationToken: Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);
        _store.Refuses = static commit => commit.Row.StatusText == "unfit";

        await handle.KillAsync("unfit", force: true, cancellationToken: Cancel);

        await Eventually.TrueAsync("it is killed", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Killed);
        _cluster.Recorder.Open(handle.Id);
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("paused")]
    [InlineData("doomed by its deadline")]
    [InlineData("holding its thread")]
    public async Task KillThatIsRefusedEvenAlone_IsAnIncident_AndIsNotTriedForEver(string state)
    {
        var handle = await InAsync(state);
        _store.Refuses = static commit => commit.Row.State == ProcessState.Killed;

        if (state != "doomed by its deadline")
        {
            await handle.KillAsync("enough", force: true, cancellationToken: Cancel);
        }

        (await IncidentAsync(handle)).Text.ShouldContain("a rule of the test");
        (await _cluster.Store.ReadInboxAsync(handle.Id, Cancel)).ShouldBeEmpty("nothing is looked at again");
        (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row.ShouldSatisfyAllConditions(
            static row => row.Paused.ShouldBeTrue(),
            static row => row.DueAt.ShouldBeNull(),
            static row => row.Owner.ShouldBeNull());
        _store.Refused.Count.ShouldBe(3, "with the rest, alone, and bare");
        _cluster.Recorder.Open(handle.Id);
        _store.Refuses = static _ => false;
        await handle.KillAsync("mended", cancellationToken: Cancel);
        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task MessageOfAPausedProcess_ThatCanNeitherBeKeptNorRefused_IsAnIncidentThatRefusesIt()
    {
        var handle = await InAsync("paused");
        _store.Refuses = commit => commit.Row.Id == handle.Id && commit.Row.Incident is null;

        await handle.SignalAsync("go", "now", cancellationToken: Cancel);

        await IncidentAsync(handle);
        (await _cluster.Store.ReadInboxAsync(handle.Id, Cancel)).ShouldBeEmpty("nothing is looked at again");
        _store.Refused.Count.ShouldBe(2, "to keep it, and to refuse it");
        (await TextsAsync(handle)).ShouldContain(static text => text.Contains("signal 'go'", StringComparison.Ordinal));
        _store.Refuses = static _ => false;
        await handle.KillAsync("given up", cancellationToken: Cancel);
        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task SignalWhoseEffectIsRefused_IsAnIncidentOfAWaitingProcess_AndIsKept()
    {
        var handle = await WaitingAsync();
        _store.Refuses = static commit => commit.Row.State == ProcessState.Running;

        await handle.SignalAsync("go", "now", cancellationToken: Cancel);

        var incident = await IncidentAsync(handle);
        incident.Text.ShouldContain("a rule of the test");
        _store.Refuses = static _ => false;
        await handle.RetryAsync(Cancel);
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("now");
    }

    [Fact]
    public async Task SignalWhoseEffectIsRefused_BesideAMessageThatIsNotKnown_IsOneIncidentToo()
    {
        var handle = await WaitingAsync();
        await _cluster.Store.SendAsync(
            new InboxMessage
            {
                Receiver = handle.Id,
                MessageId = "later",
                Kind = (MessageKind)42,
                SentAt = TimeProvider.System.GetUtcNow(),
            },
            Cancel);
        _store.Refuses = static commit => commit.Row.State == ProcessState.Running;

        await handle.SignalAsync("go", "now", cancellationToken: Cancel);

        await IncidentAsync(handle);
        _store.Refused.Count.ShouldBeLessThan(20, "it is not taken apart again and again");
        await handle.KillAsync(cancellationToken: Cancel);
        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task TimerWhoseEffectIsRefused_IsAnIncident()
    {
        _store.Refuses = static commit => commit.History.Any(static e => e.Kind == HistoryKind.TimerFired);

        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(Delay: TimeSpan.FromMilliseconds(50)),
            cancellationToken: Cancel);

        await IncidentAsync(handle);
        await handle.KillAsync(cancellationToken: Cancel);
        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task ChildrenThatAreRefused_AreAnIncidentOfTheStep()
    {
        _store.Refuses = static commit => commit.Children.Count > 0;

        var handle = await _cluster.Client.StartAsync(Types.Parent, new WaitInput(), cancellationToken: Cancel);

        (await IncidentAsync(handle)).Text.ShouldContain("'RunAsync'");
    }

    [Fact]
    public async Task ControlThatCannotBePassedOn_IsRefused_AndCostsNoOther()
    {
        var (parent, child) = await FamilyAsync();
        _store.Refuses = static commit => commit.ToChildren.Count > 0;

        await parent.PauseAsync("lunch", tree: true, cancellationToken: Cancel);
        await parent.SignalAsync("later", "kept", cancellationToken: Cancel);

        await IncidentAsync(parent);
        await Eventually.TrueAsync("nothing is left to take in", async () =>
            (await _cluster.Store.ReadInboxAsync(parent.Id, Cancel)).Count == 0);
        var refused = _store.Refused.Count;
        await parent.SignalAsync("later", "too", cancellationToken: Cancel);
        await Eventually.TrueAsync("the second is kept too", async () =>
            (await parent.GetStatusAsync(Cancel)).Pending.Count == 2);
        _store.Refused.Count.ShouldBe(refused, "what was refused is not tried again");
        (await TextsAsync(parent)).ShouldContain("Pause");
        (await child.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeFalse();
    }

    [Fact]
    public async Task IncidentThatIsRefusedToo_IsOneByTheRowAlone()
    {
        var handle = await WaitingAsync();
        var before = (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row.Checkpoint;
        _store.Refuses = commit => commit.Row.Id == handle.Id && !commit.Row.Checkpoint.SequenceEqual(before);

        await handle.SignalAsync("go", "now", cancellationToken: Cancel);

        await IncidentAsync(handle);
        await Eventually.TrueAsync("nothing is left to take in", async () =>
            (await _cluster.Store.ReadInboxAsync(handle.Id, Cancel)).Count == 0);
        (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row.Checkpoint.ShouldBe(before);
        await handle.KillAsync("given up", cancellationToken: Cancel);
        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    private async Task<(ProcessHandle<WaitOutput> Parent, ProcessHandle Child)> FamilyAsync()
    {
        var parent = await _cluster.Client.StartAsync(Types.Parent, new WaitInput(), cancellationToken: Cancel);
        var child = _cluster.Client.GetHandle(parent.Id.Child(0, 0));
        await Eventually.TrueAsync("the child waits", async () =>
            (await _cluster.Store.LoadAsync(child.Id, Cancel))?.Row.State == ProcessState.Waiting);
        return (parent, child);
    }

    private async Task<ProcessHandle> InAsync(string state)
    {
        if (state == "holding its thread")
        {
            var busy = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("spin"), cancellationToken: Cancel);
            await _cluster.Recorder.EnteredAsync(busy.Id);
            return busy;
        }

        var deadline = state == "doomed by its deadline" ? TimeSpan.FromSeconds(1) : (TimeSpan?)null;
        var handle = await WaitingAsync(deadline);
        if (state == "paused")
        {
            await handle.PauseAsync(cancellationToken: Cancel);
            await Eventually.TrueAsync("it is paused", async () =>
                (await handle.GetStatusAsync(Cancel)).Summary.Paused);
        }

        return handle;
    }

    private async Task<ProcessHandle<WaitOutput>> WaitingAsync(TimeSpan? deadline = null)
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Deadline = deadline },
            Cancel);
        await Eventually.TrueAsync("it waits", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary.State == ProcessState.Waiting);
        return handle;
    }

    private static async Task<Incident> IncidentAsync(ProcessHandle handle)
    {
        await Eventually.TrueAsync("it has an incident", async () =>
            (await handle.GetStatusAsync(Cancel)).Incident is not null);
        var incident = (await handle.GetStatusAsync(Cancel)).Incident!;
        incident.Code.ShouldBe(IncidentCode.CommitRejected);
        return incident;
    }

    private async Task<IReadOnlyList<string>> TextsAsync(ProcessHandle handle) =>
        [
            .. (await _cluster.Store.ReadHistoryAsync(handle.Id, 0, 100, Cancel))
                .SelectMany(static entry => entry.Events)
                .Select(static e => e.Text)
                .OfType<string>(),
        ];
}

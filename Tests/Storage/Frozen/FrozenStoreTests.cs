using System.Text;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Frozen;

/// <summary>
/// A database that the first commit of the stored format wrote is read as if it had been written today.
/// </summary>
public abstract class FrozenStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset ThirtyDaysOn = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    // Id, state, version: by id.
    private static readonly string[] Expected =
    [
        "chain-child-ended Finished 4",
        "chain-child-live Waiting 4",
        "child-ended Finished 4",
        "child-failed Finished 4",
        "child-live Waiting 4",
        "consumed Finished 5",
        "created-child Created 1",
        "created-child-parent Waiting 3",
        "created-later Created 1",
        "created-paused Created 1",
        "excepted Excepted 3",
        "exited Finished 3",
        "finished Finished 3",
        "incident Running 2",
        "killed Killed 4",
        "killed-child Killed 5",
        "paused Waiting 4",
        "running Running 3",
        "running-kill Running 3",
        "told-child Finished 6",
        "unseen-child-ended Waiting 3",
        "unseen-kill Waiting 3",
        "unseen-pause Waiting 3",
        "unseen-signal Waiting 3",
        "waits-chain Waiting 4",
        "waits-chain-children Waiting 6",
        "waits-children Waiting 4",
        "waits-deadline Waiting 3",
        "waits-parked Waiting 5",
        "waits-retry Waiting 4",
        "waits-signal Waiting 3",
        "waits-timeout Waiting 3",
        "waits-timer Waiting 3",
    ];

    /// <summary>The store, on a copy of the database.</summary>
    protected IProcessStore Store { get; private set; } = null!;

    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Store = await CopyAsync();
        await Store.InitializeAsync(Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Delete();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Load_EveryProcess_IsAsItWasListed()
    {
        var page = await Store.ListAsync(new ProcessQuery { PageSize = 1_000 }, Token);

        page.Items.OrderBy(static p => p.Id).Select(static p => $"{p.Id} {p.State} {p.Version}").ShouldBe(Expected);
        foreach (var summary in page.Items)
        {
            (await Store.LoadAsync(summary.Id, Token))!.Row.Summarize().ShouldBeEquivalentTo(summary);
            (await Store.ReadHistoryAsync(summary.Id, 0, 100, Token)).Select(static h => h.Version)
                .ShouldBe(Enumerable.Range(1, (int)summary.Version).Select(static v => (long)v), summary.Id.Value);
        }
    }

    [Fact]
    public async Task Load_Payloads_AreThere()
    {
        var consumed = await RowAsync("consumed");

        Encoding.UTF8.GetString(consumed.Input).ShouldContain("\"signal\"");
        Encoding.UTF8.GetString(consumed.Output!).ShouldContain("heard the old world");
        Encoding.UTF8.GetString((await RowAsync("excepted")).Failure!).ShouldContain("asked to throw");
        (await RowAsync("excepted")).ExitCode.ShouldBe(EngineExitCodes.Excepted);
        (await RowAsync("running")).Owner.ShouldStartWith("127.0.0.1:");
        (await RowAsync("incident")).ShouldSatisfyAllConditions(
            r => r.Paused.ShouldBeTrue(),
            r => r.Incident.ShouldBe(IncidentCode.StepFailed));
        (await RowAsync("paused")).StatusText.ShouldBe("rests");
        (await Store.ReadHistoryAsync(ProcessId.Parse("finished"), 2, 1, Token))
            .ShouldHaveSingleItem()
            .Events[^1]
            .Kind.ShouldBe(HistoryKind.Finished);
    }

    [Fact]
    public async Task List_ByTagParentRootAndIncident_FindsThem()
    {
        var parent = ProcessId.Parse("waits-children");

        (await IdsAsync(new() { Parent = parent })).ShouldBe(["child-ended", "child-failed", "child-live"]);
        (await IdsAsync(new() { Root = parent })).ShouldBe([
            "child-ended",
            "child-failed",
            "child-live",
            "waits-children",
        ]);
        (
            await IdsAsync(
                new()
                {
                    Tags = new Dictionary<string, string> { ["frozen"] = "yes", ["place"] = "K\u00f6ln 'x'" },
                })
        ).Length.ShouldBe(25);
        (await IdsAsync(new() { HasIncident = true })).ShouldBe(["incident"]);
        (await IdsAsync(new() { Type = "frozen/chain", States = [ProcessState.Waiting] })).ShouldBe([
            "waits-chain",
            "waits-chain-children",
        ]);
        (await Store.ReadChildrenAsync(parent, 1, Token))
            .Select(static c => (c.Index, c.Id.Value, c.ExitCode))
            .ShouldBe([(0, "child-ended", 0), (1, "child-live", null), (2, "child-failed", 300)]);
    }

    [Fact]
    public async Task Scans_FindWhatIsDueOwnedAndUnseen()
    {
        var due = await Store.ScanDueAsync(SliceRange.All, ThirtyDaysOn.AddMinutes(1), after: null, 100, Token);
        var owner = (await Store.ListOwnersAsync(Token)).ShouldHaveSingleItem();
        var unseen = await Store.ScanUnseenAsync(SliceRange.All, ThirtyDaysOn, 0, 100, Token);

        due.Select(static d => d.Id.Value)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "chain-child-live",
                "created-child",
                "created-later",
                "waits-deadline",
                "waits-parked",
                "waits-retry",
                "waits-timeout",
                "waits-timer",
            ]);
        (await Store.ScanOwnedAsync(owner, SliceRange.All, after: null, 100, Token))
            .Select(static owned => owned.Id.Value)
            .ShouldBe(["running", "running-kill"]);
        unseen
            .Select(static m => (m.Sequence, m.Receiver.Value, m.Kind))
            .ShouldBe([
                (10, "unseen-signal", MessageKind.Signal),
                (11, "unseen-kill", MessageKind.Kill),
                (12, "unseen-pause", MessageKind.Pause),
                (13, "running-kill", MessageKind.Kill),
                (15, "unseen-child-ended", MessageKind.ChildEnded),
            ]);
    }

    [Fact]
    public async Task Inbox_OpenMessages_AreAsTheyWere_AndTheNextComesAfterThem()
    {
        var parked = (await Store.LoadAsync(ProcessId.Parse("waits-parked"), Token))!.Inbox;
        var unseen = (await Store.ReadInboxAsync(ProcessId.Parse("unseen-signal"), Token)).ShouldHaveSingleItem();

        parked
            .Select(static m => (m.Sequence, m.MessageId, m.Name, m.Seen, Encoding.UTF8.GetString(m.Payload)))
            .ShouldBe([
                (6, "s:signal-1", "go", MessageSeen.Parked, "\"early\""),
                (7, "s:signal-2", "other", MessageSeen.Parked, "\"never\""),
            ]);
        unseen.ShouldSatisfyAllConditions(
            m => m.MessageId.ShouldBe("s:signal-1"),
            m => Encoding.UTF8.GetString(m.Payload).ShouldBe("\"unseen\""));
        (await Store.ReadMessageAsync(ProcessId.Parse("consumed"), "s:signal-1", Token)).ShouldBe(
            MessageSeen.Consumed);
        (await Store.SendAsync(A.Signal(unseen.Receiver, "s:signal-1"), Token)).Status.ShouldBe(
            MessageStatus.Duplicate);
        (await Store.SendAsync(A.Control(unseen.Receiver, "next", (MessageKind)6), Token)).Status.ShouldBe(
            MessageStatus.Stored);
        (await Store.ReadInboxAsync(unseen.Receiver, Token))[^1].Sequence.ShouldBeGreaterThan(LastSequence);
    }

    /// <summary>The last sequence that the database has given.</summary>
    protected virtual long LastSequence => 15;

    /// <summary>Makes a store on a copy of the database.</summary>
    /// <returns>The store, not initialized.</returns>
    protected abstract Task<IProcessStore> CopyAsync();

    /// <summary>Deletes the copy.</summary>
    protected virtual void Delete()
    {
    }

    /// <summary>Where a file of this folder is.</summary>
    protected static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Frozen", name);

    private async Task<ProcessRow> RowAsync(string id) => (await Store.LoadAsync(ProcessId.Parse(id), Token))!.Row;

    private async Task<string[]> IdsAsync(ProcessQuery query) =>
        [.. (await Store.ListAsync(query, Token)).Items.Select(static p => p.Id.Value).Order(StringComparer.Ordinal)];
}

using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>
/// Rows that somebody has damaged, each among healthy ones: it is a visible incident with its reason and a remedy that
/// works, no loop, and nobody else notices.
/// </summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class BadRowTest(Stores stores, StoreKind kind) : RowTest(stores, kind)
{
    private readonly List<ProcessHandle<BadOutput>> _healthy = [];

    [Fact]
    public async Task Context_OfAnotherType_IsMendedByAnEdit()
    {
        var process = await VictimAsync(0);
        await EditAsync(process, "\"context\":{\"number\":1}", "\"context\":{\"number\":\"many\"}");

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "stored context cannot be read");
        await (
            await process.EditContextAsync("""{"number":1}""", cancellationToken: Cancel)
        ).WaitForEffectAsync(Cancel);
        await process.RetryAsync(Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(11);
    }

    [Fact]
    public async Task Input_OfAnotherType_IsMendedInTheDatabase()
    {
        var process = await VictimAsync(1);
        var was = await Hand.ChangeAsync(process.Id, "input", static _ => "\"text\""u8.ToArray());

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "stored input cannot be read");
        await MendAsync(process, process.Id, "input", was);
        await process.RetryAsync(Cancel);

        (await process.GetResultAsync(Cancel)).ShouldBe(new BadOutput(12, "first"));
    }

    [Fact]
    public async Task Signal_OfAnotherType_IsDropped_AndTheNextIsTaken()
    {
        var process = await VictimAsync(2);

        await process.SignalAsync("go", "text", "wrong", Cancel);
        await IncidentAsync(
            process,
            IncidentCode.PayloadUnreadable,
            "The signal 'go' with the id wrong cannot be read by the step 'go/Got'");
        await process.DropSignalAsync("wrong", cancellationToken: Cancel);
        await process.RetryAsync(Cancel);
        await process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(13);
    }

    [Fact]
    public async Task Signal_ThatIsNotJson_IsSentAgain()
    {
        var process = await VictimAsync(3);
        await process.PauseAsync(cancellationToken: Cancel);
        await StatusAsync(process, "is paused", static status => status.Summary.Paused);
        await process.SignalAsync("go", new BadPayload(5), cancellationToken: Cancel);
        await Cluster.SettleAsync(process.Id);
        await Hand.SetMessagesAsync(process.Id, "not JSON"u8.ToArray());
        await Cluster.UnloadAsync(process.Id);

        await process.PlayAsync(cancellationToken: Cancel);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "payload of the signal 'go' is not JSON");
        await process.PlayAsync(cancellationToken: Cancel);
        await process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(14);
    }

    [Fact]
    public async Task Outputs_ThatAreNoObject_CanOnlyBeKilled()
    {
        var process = await VictimAsync(4);
        await EditAsync(process, "\"outputs\":{", "\"outputs\":[1],\"later\":{");

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "emitted is not stored as a JSON object");
        await process.KillAsync("given up", cancellationToken: Cancel);

        (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task Position_ThatTheDefinitionDoesNotHave_IsSkippedToAnother()
    {
        var process = await VictimAsync(5);
        await EditAsync(process, "\"then\":\"go/Got\"", "\"then\":\"gone/Got\"");

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PositionMissing, "'gone/Got'", skipHelps: true);
        await process.SkipAsync("Last", Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(6);
    }

    [Fact]
    public async Task Checkpoint_ThatIsNotJson_IsMendedInTheDatabase()
    {
        var process = await VictimAsync(6);
        var was = await Hand.ChangeAsync(process.Id, "checkpoint", static _ => "not JSON"u8.ToArray());

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "checkpoint cannot be read");
        await MendAsync(process, process.Id, "checkpoint", was);
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(17);
    }

    [Fact]
    public async Task Checkpoint_WithoutAWait_CanBeKilled()
    {
        var process = await VictimAsync(7);
        await EditAsync(process, "\"wait\":{", "\"weight\":{");

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "does not say what it waits for");
        await process.KillAsync("given up", cancellationToken: Cancel);

        (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
    }

    [Fact]
    public async Task Wait_OfAKindThatNobodyKnows_IsMendedInTheDatabase()
    {
        var process = await VictimAsync(8);
        var was = await EditAsync(process, "\"wait\":{\"kind\":2", "\"wait\":{\"kind\":99");

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.PayloadUnreadable, "nothing that the engine knows");
        await MendAsync(process, process.Id, "checkpoint", was);
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(19);
    }

    [Fact]
    public async Task History_WithoutItsLastEntry_IsAnIncidentUntilItIsPlayed()
    {
        var process = await VictimAsync(9);
        var last = (await process.GetStatusAsync(Cancel)).Summary.Version;
        await Hand.DeleteHistoryAsync(process.Id, last, last);

        await GoAsync(process);
        await IncidentAsync(process, IncidentCode.HistoryTruncated, $"does not have the entry {last}");
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(20);
        (await MissingAsync(process)).ShouldBe([(last, $"The entry {last} is not in the database any more.")]);
    }

    [Fact]
    public async Task History_WithAGap_SaysSoAndHindersNobody()
    {
        var process = await VictimAsync(10);
        var last = (await process.GetStatusAsync(Cancel)).Summary.Version;
        await Hand.DeleteHistoryAsync(process.Id, 1, last - 1);

        await GoAsync(process);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(21);
        (await MissingAsync(process)).ShouldBe([
            (
                last - 1,
                last == 2
                    ? "The entry 1 is not in the database any more."
                    : $"The entries 1 to {last - 1} are not in the database any more."),
        ]);
        await HealthyAsync();
    }

    [Fact]
    public async Task History_WithAnEntryThatCannotBeRead_SaysSoAndHindersNobody()
    {
        var process = await VictimAsync(11);
        var entriesAreText = await Hand.BreakHistoryAsync(process.Id, 1);

        await GoAsync(process);

        (await process.GetResultAsync(Cancel)).Number.ShouldBe(22);
        (await MissingAsync(process)).Count.ShouldBe(entriesAreText ? 1 : 0);
        await HealthyAsync();
    }

    [Fact]
    public async Task OutputOfAChild_OfAnotherType_IsMendedInTheDatabase()
    {
        var (parent, child) = await ParentAsync();
        var was = await Hand.ChangeAsync(child, "output", static _ => "{\"number\":\"many\"}"u8.ToArray());
        await Cluster.UnloadAsync(parent.Id);

        await parent.PlayAsync(cancellationToken: Cancel);
        await IncidentAsync(
            parent,
            IncidentCode.PayloadUnreadable,
            $"stored output of {child} cannot be read",
            skipHelps: true);
        await MendAsync(parent, child, "output", was);
        await parent.RetryAsync(Cancel);

        (await parent.GetResultAsync(Cancel)).Number.ShouldBe(8);
    }

    [Fact]
    public async Task OutputOfAChild_ThatIsNotJson_IsMendedInTheDatabase()
    {
        var (parent, child) = await ParentAsync();
        var was = await Hand.ChangeAsync(child, "output", static _ => "not JSON"u8.ToArray());
        await Cluster.UnloadAsync(parent.Id);

        await parent.PlayAsync(cancellationToken: Cancel);
        await IncidentAsync(parent, IncidentCode.PayloadUnreadable, $"output of the child {child} is not JSON");
        await MendAsync(parent, child, "output", was);
        await parent.RetryAsync(Cancel);

        (await parent.GetResultAsync(Cancel)).Number.ShouldBe(8);
    }

    /// <summary>A process to be damaged, and three beside it that stay whole.</summary>
    private async Task<ProcessHandle<BadOutput>> VictimAsync(int number)
    {
        _healthy.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(StartAsync)));
        return await StartAsync(number);
    }

    /// <summary>A parent that is paused until its child has ended.</summary>
    private async Task<(ProcessHandle<BadOutput> Parent, ProcessId Child)> ParentAsync()
    {
        await VictimAsync(0);
        var parent = await Client.StartAsync(
            BadParent.Type,
            new BadInput(2),
            new StartOptions { Id = NewId() },
            Cancel);
        var child = Client.GetHandle(parent.Id.Child(0, 0));
        await StatusAsync(parent, "waits for its child", static status =>
            status.Summary.State == ProcessState.Waiting);
        await StatusAsync(child, "waits", static status => status.Summary.State == ProcessState.Waiting);
        await parent.PauseAsync(cancellationToken: Cancel);
        await StatusAsync(parent, "is paused", static status => status.Summary.Paused);
        await child.SignalAsync("go", new BadPayload(5), cancellationToken: Cancel);
        await child.WaitAsync(Cancel);
        await Cluster.SettleAsync(parent.Id);
        return (parent, child.Id);
    }

    /// <summary>Lets a process find what was done to it: as a silo does that has it from the store.</summary>
    private async Task GoAsync(ProcessHandle process)
    {
        await Cluster.UnloadAsync(process.Id);
        await process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);
    }

    /// <summary>What is mended counts from the next time on that the process comes into memory.</summary>
    private async Task MendAsync(ProcessHandle process, ProcessId row, string column, byte[] was)
    {
        await Hand.ChangeAsync(row, column, _ => was);
        await Cluster.UnloadAsync(process.Id);
    }

    /// <summary>
    /// The incident is there and says what it is, nothing more is written however often the process is looked at, and
    /// the healthy ones come to their ends.
    /// </summary>
    private async Task IncidentAsync(ProcessHandle process, IncidentCode code, string text, bool skipHelps = false)
    {
        // A checkpoint that cannot be read shows as one at once, and is one when that is stored.
        var status = await StatusAsync(process, $"has an incident of '{text}'", static status =>
            status is { Incident: not null, Summary.Incident: not null });
        status.Incident!.Code.ShouldBe(code, text);
        status.Incident.Text.ShouldContain(text);
        status.Incident.Remedy.Contains("skip", StringComparison.Ordinal).ShouldBe(skipHelps, status.Incident.Remedy);
        status.WaitingFor.ShouldStartWith($"An operator: {status.Incident.Text}");
        status.Summary.ShouldSatisfyAllConditions(s => s.Incident.ShouldBe(code), s => s.Paused.ShouldBeTrue());
        await Cluster.SettleAsync(process.Id);
        var version = (await process.GetStatusAsync(Cancel)).Summary.Version;
        for (var pass = 0; pass < 20; pass++)
        {
            await Cluster.SettleAsync(process.Id);
        }

        (await process.GetStatusAsync(Cancel)).Summary.Version.ShouldBe(version, text);
        await HealthyAsync();
    }

    private async Task HealthyAsync()
    {
        foreach (var (number, process) in _healthy.Index())
        {
            await GoAsync(process);
            (await process.GetResultAsync(Cancel)).Number.ShouldBe(number + 11);
            (await MissingAsync(process)).ShouldBeEmpty();
        }
    }

    private static async Task<List<(long Version, string? Text)>> MissingAsync(ProcessHandle process) =>
    [
        .. (await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events, static (entry, what) => (entry.Version, what))
            .Where(static entry => entry.what.Kind == HistoryKind.EntriesMissing)
            .Select(static entry => (entry.Version, entry.what.Text)),
    ];
}

/// <summary>Damaged rows in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryBadRowTests(Stores stores) : BadRowTest(stores, StoreKind.Memory);

/// <summary>Damaged rows on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteBadRowTests(Stores stores) : BadRowTest(stores, StoreKind.Sqlite);

/// <summary>Damaged rows on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresBadRowTests(Stores stores) : BadRowTest(stores, StoreKind.Postgres);

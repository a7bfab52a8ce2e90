using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>
/// What becomes of a signal: known for ever, in its sender's order, kept when it is early, refused when it is too late.
/// </summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class MessageTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    [Fact]
    public async Task F03_RepeatedSignal_BehindManyOthersAndAfterTheEnd_IsKnown()
    {
        // In memory there are thousands; a database takes them one by one, and knows an id by its index.
        var many = Kind == StoreKind.Memory ? 2_000 : 500;
        var process = await StartAsync(count: (many / 2) + 1);
        (await process.SignalAsync("item", "first", "s-1", Cancel)).WasStored.ShouldBeTrue();
        await Task.WhenAll(
            Enumerable
                .Range(0, many)
                .Select(n => process.SignalAsync(n % 2 == 0 ? "item" : "other", $"{n}", $"n-{n}", Cancel)));

        var behind = await process.SignalAsync("item", "again", "s-1", Cancel);
        var taken = (await process.GetResultAsync(Cancel)).Taken;
        var afterTheEnd = await process.SignalAsync("item", "again", "s-1", Cancel);

        behind.WasStored.ShouldBeFalse();
        afterTheEnd.WasStored.ShouldBeFalse("it is known, so it is no signal that comes too late");
        (await process.SignalAsync("other", "again", "n-1", Cancel)).WasStored.ShouldBeFalse(
            "the end refused it, and its id is known all the same");
        taken.ShouldBe((many / 2) + 1);
        Stage.NotesOf(process.Id).Count(static note => note is "first" or "again").ShouldBe(1);
    }

    [Fact]
    public async Task Signals_OfSendersAtTheSameTime_KeepEachSendersOrder()
    {
        const int Senders = 8;
        const int Each = 25;
        var process = await StartAsync(Senders * Each);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            for (var n = 0; n < Each; n++)
            {
                await process.SignalAsync("item", $"{sender}:{n}", cancellationToken: Cancel);
            }
        }));
        await process.WaitAsync(Cancel);

        var notes = Stage.NotesOf(process.Id).Select(static note => note.Split(':')).ToList();
        notes.Count.ShouldBe(Senders * Each);
        for (var sender = 0; sender < Senders; sender++)
        {
            notes
                .Where(note => note[0] == $"{sender}")
                .Select(static note => note[1])
                .ShouldBe(Enumerable.Range(0, Each).Select(static n => $"{n}"));
        }
    }

    [Fact]
    public async Task Signals_AcknowledgedOneAfterAnother_AreTakenInThatOrderWhoeverSendsThem()
    {
        var process = await StartAsync(60, gated: true);
        var others = Client.GetHandle(process.Id);

        for (var n = 0; n < 60; n++)
        {
            await (n % 2 == 0 ? process : others).SignalAsync("item", $"{n}", cancellationToken: Cancel);
        }

        Stage.Reach(process.Id, "go");
        await process.WaitAsync(Cancel);
        Stage.NotesOf(process.Id).ShouldBe(Enumerable.Range(0, 60).Select(static n => $"{n}"));
    }

    [Fact]
    public async Task Signal_ThatItsStepCannotRead_IsKeptUntilItIsDropped()
    {
        var process = await StartAsync(count: 2);
        await process.SignalAsync("item", 7, "wrong", Cancel);
        await process.SignalAsync("item", "first", "s-1", Cancel);
        await process.SignalAsync("item", "second", "s-2", Cancel);
        await StatusAsync(process, "has an incident", static status => status.Incident is not null);

        var drop = await process.DropSignalAsync("wrong", "ann", Cancel);

        (await drop.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Applied);
        (await process.WaitForSignalAsync("wrong", cancellationToken: Cancel)).ShouldBe(
            MessageEffect.Refused);
        (await process.DropSignalAsync("wrong", cancellationToken: Cancel)).Status.ShouldBe(
            ControlStatus.RefusedNoSignal);
        (await process.SignalAsync("item", "again", "wrong", Cancel)).WasStored.ShouldBeFalse(
            "its id is known for ever");
        await process.RetryAsync(Cancel);
        await process.WaitAsync(Cancel);
        Stage.NotesOf(process.Id).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Signal_BeforeItsWait_IsKeptWhateverTheProcessDoes()
    {
        var process = await StartAsync(2, gated: true);
        await Stage.ReachedAsync(process.Id, "entered", Cancel);

        await process.SignalAsync("item", "during the step", cancellationToken: Cancel);
        await Cluster.SettleAsync(process.Id);
        (await process.GetStatusAsync(Cancel)).Pending.ShouldBe(["Signal item"]);
        var created = await Client.CreateAsync(
            TakerProcess.Type,
            new TakerInput(1),
            new StartOptions { Id = NewId() },
            Cancel);
        await created.SignalAsync("item", "before the start", cancellationToken: Cancel);
        Stage.Reach(process.Id, "go");
        await process.SignalAsync("item", "later", cancellationToken: Cancel);
        await created.ContinueAsync(Cancel);

        await process.WaitAsync(Cancel);
        await created.WaitAsync(Cancel);
        Stage.NotesOf(process.Id).ShouldBe(["during the step", "later"]);
        Stage.NotesOf(created.Id).ShouldBe(["before the start"]);
    }

    [Fact]
    public async Task Signal_ToNobody_IsATypedError()
    {
        var nobody = Client.GetHandle(NewId());

        (
            await Should.ThrowAsync<ProcessNotFoundException>(() =>
                nobody.SignalAsync("item", "x", cancellationToken: Cancel))
        ).ProcessId.ShouldBe(nobody.Id);

        await Should.ThrowAsync<ProcessNotFoundException>(() => nobody.GetStatusAsync(Cancel));
    }

    [Theory]
    [InlineData(ProcessState.Finished)]
    [InlineData(ProcessState.Killed)]
    [InlineData(ProcessState.Excepted)]
    public async Task Signal_ToAProcessThatHasEnded_IsATypedRefusal(ProcessState state)
    {
        var process = await EndedAsync(state);
        var version = (await process.GetStatusAsync(Cancel)).Summary.Version;

        var refusal = await Should.ThrowAsync<InvalidProcessStateException>(() =>
            process.SignalAsync("item", "late", cancellationToken: Cancel));

        refusal.State.ShouldBe(state);
        refusal.ProcessId.ShouldBe(process.Id);
        (await process.GetStatusAsync(Cancel)).Summary.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(state),
            s => s.Version.ShouldBe(version));
    }

    private async Task<ProcessHandle> EndedAsync(ProcessState state)
    {
        var process =
            state == ProcessState.Excepted
                ? await Client.StartAsync(
                    NamingProcess.Type,
                    new NamingInput(1, 0, (await StartAsync(1)).Id),
                    new StartOptions { Id = NewId() },
                    Cancel)
                : (ProcessHandle)await StartAsync(state == ProcessState.Finished ? 0 : 1);
        if (state == ProcessState.Killed)
        {
            await process.KillAsync(cancellationToken: Cancel);
        }

        (await process.WaitAsync(Cancel)).State.ShouldBe(state);
        return process;
    }

    private Task<ProcessHandle<TakerOutput>> StartAsync(int count, bool gated = false) =>
        Client.StartAsync(TakerProcess.Type, new TakerInput(count, gated), new StartOptions { Id = NewId() }, Cancel);
}

/// <summary>Signals in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryMessageTests(Stores stores) : MessageTest(stores, StoreKind.Memory);

/// <summary>Signals on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteMessageTests(Stores stores) : MessageTest(stores, StoreKind.Sqlite);

/// <summary>Signals on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresMessageTests(Stores stores) : MessageTest(stores, StoreKind.Postgres);

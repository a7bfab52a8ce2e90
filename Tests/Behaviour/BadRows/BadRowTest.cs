using System.Text;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>
/// Rows that somebody has damaged, among healthy ones: each is a visible incident with its reason and a remedy that
/// works, no loop, and nobody else notices.
/// </summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class BadRowTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    private const int Healthy = 50;

    private IByHand Hand => Cluster.Hand;

    [Fact]
    public async Task DamagedRows_AmongHealthyOnes_AreIncidentsWhoseRemediesWork()
    {
        await Cluster.RestartAsync(typeof(BadChain));
        var healthy = await Task.WhenAll(Enumerable.Range(0, Healthy).Select(StartAsync));
        var bad = new Dictionary<string, ProcessHandle<BadOutput>>(StringComparer.Ordinal);
        foreach (
            var name in (string[])
                [
                    "context",
                    "input",
                    "argument",
                    "signal",
                    "outputs",
                    "position",
                    "checkpoint",
                    "nowait",
                    "kind",
                    "truncated",
                    "gap",
                    "entry",
                ])
        {
            bad[name] = await StartAsync(bad.Count);
        }

        var (parent, child) = await ParentAsync("parent");
        var (bareParent, bareChild) = await ParentAsync("bare");
        await bad["signal"].PauseAsync(cancellationToken: Cancel);
        await StatusAsync(bad["signal"], "is paused", static status => status.Summary.Paused);
        await bad["signal"].SignalAsync("go", new BadPayload(5), cancellationToken: Cancel);
        await Cluster.SettleAsync(bad["signal"].Id);

        var was = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["context"] = await EditAsync(
                bad["context"],
                "\"context\":{\"number\":1}",
                "\"context\":{\"number\":\"many\"}"),
            ["input"] = await Hand.ChangeAsync(bad["input"].Id, "input", static _ => "\"text\""u8.ToArray()),
            ["outputs"] = await EditAsync(bad["outputs"], "\"outputs\":{", "\"outputs\":[1],\"later\":{"),
            ["position"] = await EditAsync(bad["position"], "\"then\":\"go/Got\"", "\"then\":\"gone/Got\""),
            ["checkpoint"] = await Hand.ChangeAsync(bad["checkpoint"].Id, "checkpoint", static _ =>
                "not JSON"u8.ToArray()),
            ["nowait"] = await EditAsync(bad["nowait"], "\"wait\":{", "\"weight\":{"),
            ["kind"] = await EditAsync(bad["kind"], "\"wait\":{\"kind\":2", "\"wait\":{\"kind\":99"),
            ["child"] = await Hand.ChangeAsync(child.Id, "output", static _ => "{\"number\":\"many\"}"u8.ToArray()),
            ["bare"] = await Hand.ChangeAsync(bareChild.Id, "output", static _ => "not JSON"u8.ToArray()),
        };
        await Hand.SetMessagesAsync(bad["signal"].Id, "not JSON"u8.ToArray());
        var last = (await bad["truncated"].GetStatusAsync(Cancel)).Summary.Version;
        await Hand.DeleteHistoryAsync(bad["truncated"].Id, last, last);
        await Hand.DeleteHistoryAsync(bad["gap"].Id, 1, last - 1);
        var entriesAreText = await Hand.BreakHistoryAsync(bad["entry"].Id, 1);

        await Cluster.RestartAsync();
        await bad["signal"].PlayAsync(cancellationToken: Cancel);
        await parent.PlayAsync(cancellationToken: Cancel);
        await bareParent.PlayAsync(cancellationToken: Cancel);
        await Task.WhenAll(
            healthy
                .Concat(
                    bad.Where(static one => one.Key is not ("signal" or "argument")).Select(static one => one.Value))
                .Select(process => process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel)));
        await bad["argument"].SignalAsync("go", "text", cancellationToken: Cancel);

        (await Task.WhenAll(healthy.Select(process => process.GetResultAsync(Cancel))))
            .Select(static output => output.Number)
            .ShouldBe(Enumerable.Range(0, Healthy).Select(static i => i + 11));
        await IncidentAsync(bad["context"], IncidentCode.PayloadUnreadable, "stored context cannot be read");
        await IncidentAsync(bad["input"], IncidentCode.PayloadUnreadable, "stored input cannot be read");
        await IncidentAsync(
            bad["argument"],
            IncidentCode.PayloadUnreadable,
            "stored argument of step 'go/Got' cannot be read",
            skipHelps: true);
        await IncidentAsync(bad["signal"], IncidentCode.PayloadUnreadable, "payload of the signal 'go' is not JSON");
        await IncidentAsync(bad["outputs"], IncidentCode.PayloadUnreadable, "emitted is not stored as a JSON object");
        await IncidentAsync(bad["position"], IncidentCode.PositionMissing, "'gone/Got'", skipHelps: true);
        await IncidentAsync(bad["checkpoint"], IncidentCode.PayloadUnreadable, "checkpoint cannot be read");
        await IncidentAsync(bad["nowait"], IncidentCode.PayloadUnreadable, "does not say what it waits for");
        await IncidentAsync(bad["kind"], IncidentCode.PayloadUnreadable, "nothing that the engine knows");
        await IncidentAsync(bad["truncated"], IncidentCode.HistoryTruncated, $"does not have the entry {last}");
        await IncidentAsync(
            parent,
            IncidentCode.PayloadUnreadable,
            $"stored output of {child.Id} cannot be read",
            skipHelps: true);
        await IncidentAsync(
            bareParent,
            IncidentCode.PayloadUnreadable,
            $"output of the child {bareChild.Id} is not JSON");
        (await bad["gap"].GetResultAsync(Cancel)).Number.ShouldBe(21);
        (await bad["entry"].GetResultAsync(Cancel)).Number.ShouldBe(22);

        // What is mended in the database counts from the next time on that the process comes into memory.
        await Cluster.RestartAsync();
        await (
            await bad["context"].EditContextAsync("""{"number":1}""", cancellationToken: Cancel)
        ).WaitForEffectAsync(Cancel);
        await bad["context"].RetryAsync(Cancel);
        await MendAsync(bad["input"].Id, "input", was["input"]);
        await bad["input"].RetryAsync(Cancel);
        await bad["argument"].SkipAsync(cancellationToken: Cancel);
        await bad["signal"].PlayAsync(cancellationToken: Cancel);
        await bad["signal"].SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);
        await bad["outputs"].KillAsync("given up", cancellationToken: Cancel);
        await bad["position"].SkipAsync("Last", Cancel);
        await MendAsync(bad["checkpoint"].Id, "checkpoint", was["checkpoint"]);
        await bad["checkpoint"].PlayAsync(cancellationToken: Cancel);
        await bad["nowait"].KillAsync("given up", cancellationToken: Cancel);
        await MendAsync(bad["kind"].Id, "checkpoint", was["kind"]);
        await bad["kind"].PlayAsync(cancellationToken: Cancel);
        await bad["truncated"].PlayAsync(cancellationToken: Cancel);
        await MendAsync(child.Id, "output", was["child"]);
        await parent.RetryAsync(Cancel);
        await MendAsync(bareChild.Id, "output", was["bare"]);
        await bareParent.RetryAsync(Cancel);

        (await bad["context"].GetResultAsync(Cancel)).Number.ShouldBe(11);
        (await bad["input"].GetResultAsync(Cancel)).ShouldBe(new BadOutput(12, "first"));
        (await bad["argument"].GetResultAsync(Cancel)).Number.ShouldBe(3);
        (await bad["signal"].GetResultAsync(Cancel)).Number.ShouldBe(14);
        (await bad["outputs"].WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        (await bad["position"].GetResultAsync(Cancel)).Number.ShouldBe(6);
        (await bad["checkpoint"].GetResultAsync(Cancel)).Number.ShouldBe(17);
        (await bad["nowait"].WaitAsync(Cancel)).State.ShouldBe(ProcessState.Killed);
        (await bad["kind"].GetResultAsync(Cancel)).Number.ShouldBe(19);
        (await bad["truncated"].GetResultAsync(Cancel)).Number.ShouldBe(20);
        (await parent.GetResultAsync(Cancel)).Number.ShouldBe(8);
        (await bareParent.GetResultAsync(Cancel)).Number.ShouldBe(8);

        (await MissingAsync(bad["truncated"])).ShouldBe([
            (last, $"The entry {last} is not in the database any more."),
        ]);
        (await MissingAsync(bad["gap"])).ShouldBe([
            (
                last - 1,
                last == 2
                    ? "The entry 1 is not in the database any more."
                    : $"The entries 1 to {last - 1} are not in the database any more."),
        ]);
        (await MissingAsync(bad["entry"])).Count.ShouldBe(entriesAreText ? 1 : 0);
        (await MissingAsync(healthy[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task RowsThatThisSiloDoesNotKnow_AreLeftAsTheyAre_AndRunWhereTheyAreKnown()
    {
        await Cluster.RestartAsync(typeof(BadChain));
        var type = await StartAsync(1);
        var version = await StartAsync(2);
        var format = await StartAsync(3);
        var foreign = await StartAsync(4);
        var paused = await StartAsync(5);
        await Hand.SetTypeAsync(type.Id, "behaviour/bad-later", 1);
        await Hand.SetTypeAsync(version.Id, "behaviour/bad", 7);
        var known = await EditAsync(format, "{\"format\":2", "{\"format\":99,\"invented\":{\"later\":1}");
        await Hand.ChangeAsync(foreign.Id, "checkpoint", static _ =>
            "{\"format\":99,\"position\":[\"other\"]}"u8.ToArray());
        await EditAsync(paused, "{\"format\":2", "{\"format\":99,\"invented\":{\"later\":1}");
        ProcessHandle<BadOutput>[] all = [type, version, format, foreign];
        var before = await RowsAsync(all);

        await Cluster.RestartAsync();
        foreach (var process in all)
        {
            await process.SignalAsync("go", new BadPayload(10), cancellationToken: Cancel);
        }

        await paused.PauseAsync("by hand", cancellationToken: Cancel);
        await StatusAsync(paused, "is paused", static status => status.Summary.Paused);
        for (var pass = 0; pass < 20; pass++)
        {
            foreach (var process in all)
            {
                await Cluster.SettleAsync(process.Id);
            }
        }

        (await RowsAsync(all)).ShouldBe(before);
        (await foreign.GetStatusAsync(Cancel)).WaitingFor.ShouldBe(
            "A silo that can run it, for no live one can: here its checkpoint has format 99, and this silo knows 4.");
        Encoding
            .UTF8.GetString(await Hand.ChangeAsync(paused.Id, "checkpoint", static now => now))
            .ShouldContain(
                "\"invented\":{\"later\":1}",
                Case.Sensitive,
                "a silo that pauses it keeps what it does not know");

        await Cluster.RestartAsync(typeof(LaterChain), typeof(SeventhChain));
        await Hand.ChangeAsync(format.Id, "checkpoint", _ => known);
        foreach (var process in all)
        {
            await Cluster.SettleAsync(process.Id);
        }

        (await type.GetResultAsync(Cancel)).Number.ShouldBe(12);
        (await version.GetResultAsync(Cancel)).Number.ShouldBe(13);
        (await format.GetResultAsync(Cancel)).Number.ShouldBe(14);
        await foreign.KillAsync("nobody has it", cancellationToken: Cancel);
        (await foreign.WaitAsync(Cancel)).Message.ShouldBe("nobody has it");
    }

    private async Task<ProcessHandle<BadOutput>> StartAsync(int number)
    {
        var process = await Client.StartAsync(
            BadChain.Type,
            new BadInput(number),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }

    /// <summary>A parent that is paused until its child has ended.</summary>
    private async Task<(ProcessHandle<BadOutput> Parent, ProcessHandle Child)> ParentAsync(string name)
    {
        var parent = await Client.StartAsync(
            BadParent.Type,
            new BadInput(2),
            new StartOptions { Id = NewId() },
            Cancel);
        var child = Client.GetHandle(parent.Id.Child(0, 0));
        await StatusAsync(parent, $"{name} waits for its child", static status =>
            status.Summary.State == ProcessState.Waiting);
        await UntilAsync(
            "the child waits",
            () => child.GetStatusAsync(Cancel),
            static status => status.Summary.State == ProcessState.Waiting);
        await parent.PauseAsync(cancellationToken: Cancel);
        await StatusAsync(parent, "is paused", static status => status.Summary.Paused);
        await child.SignalAsync("go", new BadPayload(5), cancellationToken: Cancel);
        await child.WaitAsync(Cancel);
        await Cluster.SettleAsync(parent.Id);
        return (parent, child);
    }

    private async Task<byte[]> EditAsync(ProcessHandle process, string from, string to) =>
        await Hand.ChangeAsync(process.Id, "checkpoint", was =>
        {
            var text = Encoding.UTF8.GetString(was);
            text.ShouldContain(from, Case.Sensitive);
            return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        });

    private Task<byte[]> MendAsync(ProcessId id, string column, byte[] was) => Hand.ChangeAsync(id, column, _ => was);

    /// <summary>
    /// The incident is there and says what it is, and nothing more is written however often the process is looked at.
    /// </summary>
    private async Task IncidentAsync(ProcessHandle process, IncidentCode code, string text, bool skipHelps = false)
    {
        var status = await StatusAsync(process, $"has an incident of '{text}'", static status =>
            status.Incident is not null);
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
    }

    private static async Task<List<(long Version, string? Text)>> MissingAsync(ProcessHandle process) =>
    [
        .. (await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events, static (entry, what) => (entry.Version, what))
            .Where(static entry => entry.what.Kind == HistoryKind.EntriesMissing)
            .Select(static entry => (entry.Version, entry.what.Text)),
    ];

    private async Task<List<string>> RowsAsync(IEnumerable<ProcessHandle> processes)
    {
        var rows = new List<string>();
        foreach (var process in processes)
        {
            var status = await process.GetStatusAsync(Cancel);
            rows.Add(
                $"{status.Summary.Version} {status.Summary.Paused} {status.Summary.Incident} "
                + $"{Encoding.UTF8.GetString(await Hand.ChangeAsync(process.Id, "checkpoint", static now => now))}");
        }

        return rows;
    }
}

using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>What supervisors look for: due processes, owned ones, and messages that nobody took in.</summary>
/// <param name="source">Makes the store.</param>
public abstract class ScanConformance(StoreSource source) : ReportConformance(source)
{
    [Fact]
    public async Task ScanDue_ByPages_FindsEachDueProcessOnceInOrder()
    {
        var rows = Enumerable.Range(0, 60).Select(i => A.Waiting($"w{i:00}", A.Noon.AddSeconds(i / 4))).ToList();
        await Task.WhenAll(rows.OrderBy(static r => ProcessRow.SliceOf(r.Id)).Select(StoredAsync));
        await StoredAsync(A.Waiting("never"));
        await StoredAsync(A.Row("running"));
        var found = new List<DueProcess>();

        for (DueProcess? last = null; ;)
        {
            var page = await Store.ScanDueAsync(SliceRange.All, A.Noon.AddSeconds(10), last, 7, Token);
            if (page.Count == 0)
            {
                break;
            }

            found.AddRange(page);
            last = page[^1];
        }

        found.ShouldBe(
            rows.Where(static r => r.DueAt <= A.Noon.AddSeconds(10))
                .Select(static r => new DueProcess(
                    r.Id,
                    r.DueAt!.Value,
                    r.Needs,
                    r.Checkpoint.Length + r.Input.Length)));
    }

    [Fact]
    public async Task Scans_OfParts_ShareTheProcessesWithoutOverlap()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StoredAsync(A.Waiting($"w{i}", A.Noon))));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StoredAsync(A.Row($"r{i}"))));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SentAsync(A.Signal(ProcessId.Parse($"r{i}"), "m"))));
        var (due, owned, unseen) = (new List<ProcessId>(), new List<ProcessId>(), new List<ProcessId>());

        for (var part = 0; part < 3; part++)
        {
            var slices = SliceRange.Part(part, 3);
            var some = await Store.ScanDueAsync(slices, A.Noon, null, 1_000, Token);
            some.ShouldAllBe(d => ProcessRow.SliceOf(d.Id) >= slices.First && ProcessRow.SliceOf(d.Id) <= slices.Last);
            due.AddRange(some.Select(static d => d.Id));
            owned.AddRange(
                (await Store.ScanOwnedAsync("silo-1", slices, null, 1_000, Token)).Select(static r => r.Id));
            unseen.AddRange(
                (await Store.ScanUnseenAsync(slices, A.Noon.AddSeconds(1), 0, 1_000, Token)).Select(static m =>
                    m.Receiver));
        }

        due.Distinct().Count().ShouldBe(100);
        due.Count.ShouldBe(100);
        owned.Distinct().Count().ShouldBe(100);
        owned.Count.ShouldBe(100);
        unseen.Distinct().Count().ShouldBe(100);
        unseen.Count.ShouldBe(100);
    }

    [Fact]
    public async Task ScanOwned_ByPages_FindsWhatTheSiloRuns()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(i => StoredAsync(A.Row($"p{i:00}") with { Owner = $"silo-{i % 3}", DefinitionVersion = i })));
        await StoredAsync(A.Waiting("w"));
        var found = new List<OwnedProcess>();

        for (ProcessId? last = null; ;)
        {
            var page = await Store.ScanOwnedAsync("silo-1", SliceRange.All, last, 4, Token);
            if (page.Count == 0)
            {
                break;
            }

            found.AddRange(page);
            last = page[^1].Id;
        }

        found.ShouldAllBe(static owned => owned.Bytes == A.Row("p").Checkpoint.Length + A.Row("p").Input.Length);
        found
            .Select(static owned => (owned.Id.Value, owned.Needs))
            .ShouldBe(
                Enumerable
                    .Range(0, 10)
                    .Select(static i => (i * 3) + 1)
                    .Select(static i => ($"p{i:00}", new NeededType("order", i))));
        (await Store.ScanOwnedAsync("silo-9", SliceRange.All, null, 4, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListOwners_NamesEachOnce()
    {
        (await Store.ListOwnersAsync(Token)).ShouldBeEmpty();
        await Task.WhenAll(
            Enumerable.Range(0, 9).Select(i => StoredAsync(A.Row($"p{i}") with { Owner = $"silo-{i % 3}" })));
        await StoredAsync(A.Waiting("w"));

        (await Store.ListOwnersAsync(Token)).Order().ShouldBe(["silo-0", "silo-1", "silo-2"]);

        foreach (var id in (string[])["p0", "p3", "p6"])
        {
            await WriteAsync(A.Step((await RowAsync(ProcessId.Parse(id)))!.Ended(A.Noon)));
        }

        (await Store.ListOwnersAsync(Token)).Order().ShouldBe(["silo-1", "silo-2"]);
    }

    [Fact]
    public async Task ScanUnseen_FindsOldUnseenMessagesBySequence()
    {
        var row = await StoredAsync(A.Row("p"));
        var other = await StoredAsync(A.Row("q"));
        for (var i = 0; i < 10; i++)
        {
            await SentAsync(
                A.Signal(i % 2 == 0 ? row.Id : other.Id, $"m{i}") with
                {
                    SentAt = A.Noon.AddSeconds(10 - i),
                });
        }

        await WriteAsync(A.Step(row) with { Marks = [new("m0", MessageSeen.Parked), new("m4", MessageSeen.Consumed)] });

        var first = await Store.ScanUnseenAsync(SliceRange.All, A.Noon.AddSeconds(8), 0, 3, Token);
        var rest = await Store.ScanUnseenAsync(SliceRange.All, A.Noon.AddSeconds(8), first[^1].Sequence, 100, Token);

        first.Concat(rest).Select(static m => (m.Receiver.Value, m.SentAt)).ShouldBe(
            ((int[])[3, 5, 6, 7, 8, 9]).Select(static i => (i % 2 == 0 ? "p" : "q", A.Noon.AddSeconds(10 - i))));
        first.Count.ShouldBe(3);
        first.ShouldAllBe(static m => m.Kind == MessageKind.Signal);
        first.ShouldAllBe(
            static m => m.Bytes == A.Row("p").Checkpoint.Length + A.Row("p").Input.Length,
            "as much is loaded with the receiver");
    }

    [Fact]
    public async Task CountLive_CountsEachStateUpToTheLimit()
    {
        await StoredAsync(A.Row("ended").Ended(A.Noon));
        await StoredAsync(A.Row("created") with { State = ProcessState.Created, Owner = null });
        await Task.WhenAll(Enumerable.Range(0, 2).Select(i => StoredAsync(A.Row($"r{i}"))));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => StoredAsync(A.Waiting($"w{i}"))));
        await StoredAsync(A.Row("paused") with { Paused = true, Owner = null });
        await StoredAsync(A.Row("incident") with { Paused = true, Owner = null, Incident = IncidentCode.StepFailed });

        (await Store.CountLiveAsync(100, Token)).ShouldBe(
            new LiveProcesses(Created: 1, Running: 4, Waiting: 4, Paused: 2, Incidents: 1));
        (await Store.CountLiveAsync(3, Token)).ShouldBe(
            new LiveProcesses(Created: 1, Running: 3, Waiting: 3, Paused: 2, Incidents: 1));
    }
}

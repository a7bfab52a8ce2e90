using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>
/// The contract of <see cref="IProcessStore"/>: a new store passes it with a one-line class. This part is about lists.
/// </summary>
/// <param name="source">Makes the store.</param>
public abstract class ProcessStoreConformance(StoreSource source) : ScanConformance(source)
{
    [Theory]
    [InlineData(ProcessOrder.NewestFirst)]
    [InlineData(ProcessOrder.OldestFirst)]
    public async Task List_ByPages_ReturnsEachOnceInOrder(ProcessOrder order)
    {
        var rows = Enumerable
            .Range(0, 50)
            .Select(i => A.Row($"p{i * 37 % 50:00}") with { CreatedAt = A.Noon.AddSeconds(i / 10) })
            .ToList();
        await Task.WhenAll(rows.Select(StoredAsync));

        var found = await PagesAsync(new ProcessQuery { Order = order, PageSize = 7 });

        var oldestFirst = rows.OrderBy(static r => r.CreatedAt).ThenBy(static r => r.Id).Select(static r => r.Id.Value);
        found.ShouldBe(order is ProcessOrder.OldestFirst ? oldestFirst : oldestFirst.Reverse());
    }

    [Fact]
    public async Task List_WhileRowsAreInserted_NeitherSkipsNorRepeats()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => StoredAsync(A.Row($"old{i:00}") with { CreatedAt = A.Noon.AddSeconds(i / 5) })));

        var found = await PagesAsync(
            new ProcessQuery { PageSize = 6 },
            page => StoredAsync(A.Row($"new{page}") with { CreatedAt = A.Noon.AddHours(1) }));

        found
            .Where(static id => id.StartsWith("old", StringComparison.Ordinal))
            .ShouldBe(Enumerable.Range(0, 40).Reverse().Select(static i => $"old{i:00}"));
        found.Distinct().Count().ShouldBe(found.Count);
    }

    [Fact]
    public async Task List_ByEachFilter_ReturnsWhatFits()
    {
        var tree = await FilterRowsAsync();

        await ShouldListAsync(new() { Type = "invoice" }, "b");
        await ShouldListAsync(new() { States = [ProcessState.Waiting, ProcessState.Finished] }, "c", "d");
        await ShouldListAsync(new() { States = [ProcessState.Waiting, ProcessState.Waiting] }, "c");
        await ShouldListAsync(new() { Paused = true }, "e");
        await ShouldListAsync(
            new() { Paused = false, States = [ProcessState.Running] },
            "a",
            "a/0.0",
            "b",
            "prefix~_1",
            "prefix.2");
        await ShouldListAsync(new() { HasIncident = true }, "e");
        await ShouldListAsync(new() { HasIncident = false, Type = "invoice" }, "b");
        await ShouldListAsync(new() { Parent = tree.Id }, "a/0.0");
        await ShouldListAsync(new() { Root = tree.Id }, "a", "a/0.0");
        await ShouldListAsync(new() { Root = tree.Id, RootsOnly = true }, "a");
        await ShouldListAsync(new() { RootsOnly = true, IdPrefix = "a" }, "a");
        await ShouldListAsync(new() { Tags = new Dictionary<string, string> { ["customer"] = "x" } }, "b", "c");
        await ShouldListAsync(
            new()
            {
                Tags = new Dictionary<string, string> { ["customer"] = "x", ["vip"] = "yes" },
            },
            "c");
        await ShouldListAsync(new() { Tags = new Dictionary<string, string> { ["customer"] = "X" } });
        await ShouldListAsync(new() { CreatedFrom = A.Noon.AddHours(1) }, "c", "d");
        await ShouldListAsync(new() { CreatedFrom = A.Noon.AddHours(1), CreatedBefore = A.Noon.AddHours(2) }, "c");
        await ShouldListAsync(new() { FinishedFrom = A.Noon.AddHours(3) }, "d");
        await ShouldListAsync(new() { FinishedFrom = A.Noon, FinishedBefore = A.Noon.AddHours(3) });
        await ShouldListAsync(new() { FinishedBefore = A.Noon.AddHours(4) }, "d");
        await ShouldListAsync(new() { IdPrefix = "prefix" }, "prefix~_1", "prefix.2");
        await ShouldListAsync(new() { IdPrefix = "a" }, "a", "a/0.0");
        await ShouldListAsync(new() { IdPrefix = "A" });
        await ShouldListAsync(new() { IdPrefix = "a%" });
        await ShouldListAsync(new() { IdPrefix = "' OR 1=1 --" });
        await ShouldListAsync(new() { Type = "", IdPrefix = "", States = [ProcessState.Killed] });
    }

    [Fact]
    public async Task List_Summary_HasTheRowsFields()
    {
        var row = await StoredAsync(A.Waiting("p", A.Noon.AddHours(1)) with
        {
            StatusText = "waits",
            ExitCode = 3,
            Tags = new Dictionary<string, string> { ["a"] = "1" },
        });

        (await Store.ListAsync(new ProcessQuery(), Token))
            .Items.ShouldHaveSingleItem()
            .ShouldBeEquivalentTo(
                new ProcessSummary
                {
                    Id = row.Id,
                    Type = row.Type,
                    DefinitionVersion = 3,
                    State = ProcessState.Waiting,
                    ExitCode = 3,
                    StatusText = "waits",
                    Root = row.Id,
                    CreatedAt = A.Noon,
                    UpdatedAt = A.Noon,
                    DueAt = A.Noon.AddHours(1),
                    Version = 1,
                    Tags = row.Tags,
                });
    }

    [Fact]
    public async Task List_OfATree_HasEveryPlaceInIt()
    {
        var root = A.Row("p");
        await WriteAsync(
            A.Insert(root) with
            {
                Children = [A.ChildOf(root, 7, 0), A.ChildOf(root, 7, 1), A.ChildOf(root, 12, 0)],
            });

        var items = (
            await Store.ListAsync(
                new ProcessQuery { Root = root.Id, States = [ProcessState.Running, ProcessState.Waiting] },
                Token)
        ).Items;

        items.OrderBy(static p => p.Id).Select(static p => (p.Id.Value, p.ParentStep, p.ParentIndex))
            .ShouldBe([("p", null, null), ("p/12.0", 12, 0), ("p/7.0", 7, 0), ("p/7.1", 7, 1)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task List_PageSizeOutOfRange_Throws(int size) =>
        (
            await Should.ThrowAsync<ArgumentException>(() =>
                Store.ListAsync(new ProcessQuery { PageSize = size }, Token))
        ).Message.ShouldContain("1 to 1000");

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    public async Task List_ForeignContinuation_Throws(string token) =>
        await Should.ThrowAsync<ArgumentException>(() => Store.ListAsync(new ProcessQuery { Continue = token }, Token));

    [Fact]
    public async Task List_ContinuationOfTheOtherOrder_Throws()
    {
        await StoredAsync(A.Row("a"));
        await StoredAsync(A.Row("b"));
        var page = await Store.ListAsync(new ProcessQuery { PageSize = 1 }, Token);

        await Should.ThrowAsync<ArgumentException>(
            () => Store.ListAsync(new ProcessQuery { Order = ProcessOrder.OldestFirst, Continue = page.Next }, Token));
    }

    private async Task<ProcessRow> FilterRowsAsync()
    {
        var tree = A.Row("a");
        await WriteAsync(A.Insert(tree) with { Children = [A.ChildOf(tree, 0, 0)] });
        await StoredAsync(
            A.Row("b") with
            {
                Type = "invoice",
                Tags = new Dictionary<string, string> { ["customer"] = "x" },
            });
        await StoredAsync(
            A.Waiting("c") with
            {
                CreatedAt = A.Noon.AddHours(1),
                Tags = new Dictionary<string, string> { ["customer"] = "x", ["vip"] = "yes" },
            });
        await StoredAsync((A.Row("d") with { CreatedAt = A.Noon.AddHours(2) }).Ended(A.Noon.AddHours(3)));
        await StoredAsync(A.Row("e") with { Paused = true, Owner = null, Incident = IncidentCode.StepFailed });
        await StoredAsync(A.Row("prefix~_1"));
        await StoredAsync(A.Row("prefix.2"));
        return tree;
    }

    private async Task ShouldListAsync(ProcessQuery query, params string[] ids) =>
        (await PagesAsync(query with { PageSize = 2 })).Order(StringComparer.Ordinal)
            .ShouldBe(ids.Order(StringComparer.Ordinal), query.ToString());

    private async Task<List<string>> PagesAsync(ProcessQuery query, Func<int, Task>? betweenPages = null)
    {
        var found = new List<string>();
        for (var page = 0; ; page++)
        {
            var items = await Store.ListAsync(query, Token);
            items.Items.Count.ShouldBeLessThanOrEqualTo(query.PageSize);
            found.AddRange(items.Items.Select(static p => p.Id.Value));
            if (items.Next is null)
            {
                return found;
            }

            query = query with { Continue = items.Next };
            await (betweenPages?.Invoke(page) ?? Task.CompletedTask);
        }
    }
}

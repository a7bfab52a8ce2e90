using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Conformance;

/// <summary>Payloads of every size and ids of every kind.</summary>
/// <param name="source">Makes the store.</param>
public abstract class ContentConformance(StoreSource source) : CommitConformance(source)
{
    private const string Legal = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@";

    [Fact]
    public async Task ReadRow_IsTheRowOfAnyOtherReading()
    {
        var row = await StoredAsync(A.Row("p"));
        await SentAsync(A.Signal(row.Id, "m1", "{\"n\":1}"));

        // At once, as the PostgreSQL store then reads them in one batch.
        var (alone, shown, loaded) = (
            Store.ReadRowAsync(row.Id, Token),
            Store.ReadAsync(row.Id, Token),
            Store.LoadAsync(row.Id, Token));

        (await alone).ShouldBeEquivalentTo((await loaded)!.Row);
        (await shown)!.Inbox.Count.ShouldBe(1);
        (await loaded)!.Inbox.Count.ShouldBe(1);
        (await Store.ReadRowAsync(row.Id, Token)).ShouldBeEquivalentTo((await loaded)!.Row);
        (await Store.ReadRowAsync(ProcessId.Parse("nobody"), Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(8 * 1024 * 1024)]
    public async Task Commit_PayloadOfSize_ComesBackAsItWas(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var row = await StoredAsync(A.Row("p") with { Input = bytes, Checkpoint = bytes });
        await SentAsync(A.Signal(row.Id, "m") with { Payload = bytes });
        await SteppedAsync(row with { Output = bytes, Failure = bytes });

        var loaded = await Store.LoadAsync(row.Id, Token);

        loaded!.Row.Input.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        loaded.Row.Checkpoint.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        loaded.Row.Output.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        loaded.Row.Output.ShouldNotBeNull();
        loaded.Row.Failure.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        loaded.Inbox.ShouldHaveSingleItem().Payload.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Ids_WithEveryLegalCharacter_AreKeptApart()
    {
        var ids = Legal.Select(static c => c.ToString())
            .Concat(["order-A", "order-a", "ORDER-a", new string('x', 200), new string('x', 199), Legal])
            .ToArray();
        await Task.WhenAll(ids.Select(id => StoredAsync(A.Row(id) with { StatusText = id })));

        foreach (var id in ids)
        {
            (await RowAsync(ProcessId.Parse(id)))!.StatusText.ShouldBe(id);
        }

        var page = await Store.ListAsync(
            new ProcessQuery { Order = ProcessOrder.OldestFirst, PageSize = 1_000 },
            Token);
        page.Items.Select(static p => p.Id.Value).ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ids_OfChildren_KeepTheirSlashes()
    {
        var root = A.Row(new string('r', 200));
        var child = A.ChildOf(root, 10, 3);
        var grandchild = A.ChildOf(child, 0, 0);
        await WriteAsync(A.Insert(root) with { Children = [child] });
        await WriteAsync(A.Step(child) with { Children = [grandchild] });

        (await RowAsync(grandchild.Id))!.ShouldSatisfyAllConditions(
            r => r.Id.Value.ShouldBe($"{new string('r', 200)}/10.3/0.0"),
            r => r.Parent.ShouldBe(child.Id),
            r => r.Root.ShouldBe(root.Id));
    }

    [Fact]
    public async Task LongestIds_AndTheLongestMessagesOfClients_AreKept()
    {
        var longest = ProcessId.Parse($"{new string('r', 200)}/{new string('7', 799)}");
        var root = A.Insert(A.Row(new string('r', 200)));
        var child = A.ChildOf(root.Row, 0, 0) with
        {
            Id = longest,
            State = ProcessState.Waiting,
            Owner = null,
            DueAt = A.Noon,
            Type = new string('t', 200),
        };
        (await WriteAsync(root with { Children = [child] })).Status.ShouldBe(CommitStatus.Done);
        var below = A.ChildOf(child, 0, 0) with { Id = longest.Child(0, 0), Parent = longest };
        (await WriteAsync(A.Step((await RowAsync(longest))!) with { Children = [below] })).Status.ShouldBe(
            CommitStatus.Done);
        var messages = new[]
        {
            $"s:{new string('\u20ac', 200)}",
            $"s:{string.Concat(Enumerable.Repeat("\U0001F600", 100))}",
            new string('m', 1_200),
        };

        foreach (var message in messages)
        {
            await SentAsync(A.Signal(longest, message));
        }

        (await OpenIdsAsync(longest)).ShouldBe(messages);
        (await RowAsync(below.Id))!.Parent.ShouldBe(longest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("\u00e4")]
    [InlineData("a%")]
    [InlineData("a\\b")]
    public void Ids_ThatAreIllegal_AreRefusedWithTheReason(string id) =>
        Should.Throw<ArgumentException>(() => ProcessId.Parse(id)).Message.Length.ShouldBeGreaterThan(20);

    [Fact]
    public async Task MessageIds_UpTo1200Characters_AreKept_LongerOnesRefused()
    {
        var row = await StoredAsync(A.Row("p"));
        var longest = new string('m', 1_200);

        await SentAsync(A.Signal(row.Id, longest));

        (await OpenIdsAsync(row.Id)).ShouldBe([longest]);
        await Should.ThrowAsync<ArgumentException>(() => Store.SendAsync(A.Signal(row.Id, longest + "m"), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.SendAsync(A.Signal(row.Id, ""), Token));
        (await WriteAsync(A.Step(row) with { Messages = [A.Signal(row.Id, longest + "m")] })).Status.ShouldBe(
            CommitStatus.Rejected);
        (await RowAsync(row.Id))!.Version.ShouldBe(1);
    }
}

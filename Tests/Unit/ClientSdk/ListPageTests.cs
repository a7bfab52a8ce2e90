using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>What a client makes of the answer of a gateway that is of an older version.</summary>
public sealed class ListPageTests
{
    [Fact]
    public void Roots_OfAGatewayThatListsAll_AreSortedOutByTheClient()
    {
        var page = new ProcessPage(
            [Process("a", parent: null), Process("a/0.0", "a"), Process("b", parent: null)],
            "more");

        var roots = ProcessClient.Answering(new ProcessQuery { RootsOnly = true }, page);

        roots.Items.Select(static process => process.Id.Value).ShouldBe(["a", "b"]);
        roots.Next.ShouldBe("more");
        ProcessClient.Answering(new ProcessQuery(), page).ShouldBeSameAs(page);
    }

    private static ProcessSummary Process(string id, string? parent) => new()
    {
        Id = ProcessId.Parse(id),
        Type = "order",
        DefinitionVersion = 1,
        State = ProcessState.Waiting,
        Parent = parent is null ? null : ProcessId.Parse(parent),
        Root = ProcessId.Parse(parent ?? id),
        CreatedAt = default,
        UpdatedAt = default,
        Version = 1,
        Tags = new Dictionary<string, string>(),
    };
}

using System.Text.Json.Nodes;

namespace Orleans.Workflows.Unit.Values;

/// <summary>Texts in what is JSON already: half of a surrogate pair is none, wherever it stands.</summary>
public sealed class NodeTextTests
{
    private const string Half = "\ud83d";

    public static TheoryData<string, JsonNode> Broken { get; } =
        new()
        {
            { "a value", new JsonObject { ["note"] = Half } },
            { "a name", new JsonObject { [Half] = 1 } },
            { "an item of an array", new JsonArray("well", Half) },
            { "deep inside", new JsonObject { ["list"] = new JsonArray(new JsonObject { ["note"] = Half }) } },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Node_WithHalfAPair_IsRefused(string where, JsonNode node) =>
        Should.Throw<PayloadException>(() => WorkflowJson.Write(new Holder(node, null), "context"), where);

    [Fact]
    public void Node_OfAnyKind_ReadsBackAsItWas()
    {
        var node = new JsonObject
        {
            ["text"] = "\ud83d\ude00",
            ["list"] = new JsonArray(1, true, null, "x"),
            ["none"] = null,
        };

        var written = WorkflowJson.Write(new Holder(node, new JsonArray(2)), "context");
        var read = WorkflowJson.Read<Holder>(written, "context")!;

        JsonNode.DeepEquals(read.Any, node).ShouldBeTrue();
        JsonNode.DeepEquals(read.List, new JsonArray(2)).ShouldBeTrue();
    }

    [Fact]
    public void Node_OfAnotherKindThanItsProperty_IsRefused() =>
        Should.Throw<PayloadException>(() => WorkflowJson.Read<Holder>("""{"list":{"a":1}}"""u8.ToArray(), "context"));

    private sealed record Holder(JsonNode? Any, JsonArray? List);
}

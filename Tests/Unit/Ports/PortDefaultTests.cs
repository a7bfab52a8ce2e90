using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>What is stored of an input that leaves ports out.</summary>
public sealed class PortDefaultTests
{
    private static readonly PortTree Tree = PortTree.Of(typeof(Job));

    [Fact]
    public void Defaults_AreStoredWithWhatIsGiven() =>
        Stored("""{"name":"a","rest":{"b":1}}""")
            .ToJsonString()
            .ShouldMatch(
                """^\{"name":"a","note":null,"urgent":false,"count":0,"size":7,"tags":\["x"\],"rest":\{"b":1\},"key":"[0-9a-f-]{36}"\}$"""
            );

    [Theory]
    [InlineData("note", "null")]
    [InlineData("urgent", "false")]
    [InlineData("count", "0")]
    public void Default_OfNullFalseOrZero_IsHonoured(string port, string value)
    {
        var described = Tree.Describe("inputs").Children.Single(child => child.Name == port);

        described.Required.ShouldBeFalse();
        described.Default.ShouldBe(value);
        (Stored("""{"name":"a"}""")[port]?.ToJsonString() ?? "null").ShouldBe(value);
    }

    [Fact]
    public void ComputedDefault_IsMadeOnceForAllSteps()
    {
        Tree.Check("""{"name":"a"}"""u8.ToArray(), "inputs", out var stored).ShouldBeEmpty();

        var one = JsonSerializer.Deserialize<Job>(stored, WorkflowJson.Options)!;
        var other = JsonSerializer.Deserialize<Job>(stored, WorkflowJson.Options)!;

        one.Key.ShouldBe(other.Key);
        Tree.Check(stored, "inputs").ShouldBeEmpty("what is stored can be read");
    }

    [Fact]
    public void Check_OfAnInputWithFaults_StoresNothing()
    {
        Tree.Check("""{"name":1}"""u8.ToArray(), "inputs", out var stored).ShouldHaveSingleItem();

        stored.ShouldBeEmpty();
    }

    [Fact]
    public void Defaults_ThatMakeAnInputTooLarge_AreAFault() =>
        PortTree.Of(typeof(Large)).Check("{}"u8.ToArray(), "inputs", out _)
            .ShouldBe(["inputs: 4,194,315 bytes of JSON with the defaults; 4,194,304 are allowed."]);

    [Fact]
    public void Property_ThatThrowsWhenItIsWritten_IsAFault() =>
        PortTree.Of(typeof(Broken)).Check("{}"u8.ToArray(), "inputs", out _).ShouldBe(["inputs: It broke."]);

    private static JsonObject Stored(string json)
    {
        Tree.Check(Encoding.UTF8.GetBytes(json), "inputs", out var stored).ShouldBeEmpty();
        return JsonNode.Parse(stored)!.AsObject();
    }

    private sealed record Job(string Name, string? Note = null, bool Urgent = false, int Count = 0)
    {
        public int Size { get; init; } = 7;

        public List<string> Tags { get; init; } = ["x"];

        public Dictionary<string, int> Rest { get; init; } = [];

        public Guid Key { get; init; } = Guid.NewGuid();
    }

    private sealed record Large
    {
        public string Text { get; init; } = new('x', WorkflowJson.MaxPayloadBytes);
    }

    private sealed record Broken
    {
        public int A { get; init; }

        public int B => A == 0 ? throw new InvalidOperationException("It broke.") : A;
    }
}

using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Values at the edge of what a schema takes: the check takes the same.</summary>
public sealed class PortValueTests
{
    [Theory]
    [InlineData("""{"names":["a",null]}""", "inputs.names[1]: null is not allowed.")]
    [InlineData(
        """{"names":["a",null],"whole":"x"}""",
        "inputs.names[1]: null is not allowed.|inputs.whole: a whole number"
    )]
    [InlineData("""{"byName":{"x":null}}""", "inputs.byName.x: null is not allowed.")]
    [InlineData("""{"deep":{"x":["a",null]}}""", "inputs.deep.x[1]: null is not allowed.")]
    [InlineData("""{"records":[{"of":1},null]}""", "inputs.records[1]: null is not allowed.")]
    [InlineData(
        """{"maybeNames":["a",null],"maybeNumbers":[1,null],"maybeDeep":{"x":["a",null]},"any":{"x":null}}""",
        ""
    )]
    [InlineData("""{"maybeDeep":{"x":null}}""", "inputs.maybeDeep.x: null is not allowed.")]
    public void Null_AsAnItem_IsTakenWhereItsTypeSaysSo(string json, string faults) => ShouldHave(json, faults);

    [Theory]
    [InlineData("""{"pace":"Fast","sides":"Left, Right","maybePace":null,"paces":["Slow"],"byPace":{"Fast":1}}""", "")]
    [InlineData("""{"pace":"fast","sides":"left,RIGHT"}""", "")]
    [InlineData("""{"sides":0}""", "")]
    [InlineData("""{"pace":7}""", "inputs.pace: one of Slow, Fast is expected.")]
    [InlineData("""{"pace":1}""", "inputs.pace: one of Slow, Fast is expected.")]
    [InlineData("""{"pace":"1"}""", "inputs.pace: one of Slow, Fast is expected.")]
    [InlineData("""{"pace":"Slow, Fast"}""", "inputs.pace: one of Slow, Fast is expected.")]
    [InlineData("""{"own":7}""", "inputs.own: one of Slow, Fast is expected.")]
    [InlineData("""{"maybePace":7}""", "inputs.maybePace: one of Slow, Fast is expected.")]
    [InlineData("""{"paces":["Slow",7]}""", "inputs.paces[1]: one of Slow, Fast is expected.")]
    [InlineData("""{"byPace":{"7":1}}""", "inputs.byPace")]
    [InlineData("""{"sides":3}""", "inputs.sides: one or more of Left, Right is expected.")]
    [InlineData("""{"sides":"Left, Up"}""", "inputs.sides: one or more of Left, Right is expected.")]
    public void Enum_TakesItsDeclaredNames(string json, string faults) => ShouldHave(json, faults);

    [Theory]
    [InlineData("""{"whole":1.0}""", "1")]
    [InlineData("""{"whole":-1.50e2}""", "-150")]
    [InlineData("""{"whole":100E-2}""", "1")]
    [InlineData("""{"whole":0.0e9}""", "0")]
    [InlineData("""{"whole":1.5}""", null)]
    [InlineData("""{"whole":1e10}""", null)]
    [InlineData("""{"whole":1e-2147483649}""", null)]
    [InlineData("""{"whole":1.0000000000000000000000000000000000001}""", null)]
    public void WholeNumber_IsOneHoweverItIsWritten(string json, string? stored)
    {
        var faults = Tree.Check(Encoding.UTF8.GetBytes(json), "inputs", out var bytes);

        if (stored is null)
        {
            faults.ShouldHaveSingleItem().ShouldStartWith("inputs.whole: a whole number");
        }
        else
        {
            faults.ShouldBeEmpty();
            JsonNode.Parse(bytes)!["whole"]!.ToJsonString().ShouldBe(stored);
        }
    }

    [Fact]
    public void WholeNumbers_AreWrittenAnewNowhereElse()
    {
        Tree.Check(
                """{"wholes":[2.0],"byPace":{"Slow":3.0},"money":1.50,"any":{"x":1.0},"maybeNumbers":[4e0,null]}"""u8.ToArray(),
                "inputs",
                out var stored)
            .ShouldBeEmpty();

        var node = JsonNode.Parse(stored)!;
        string.Join(' ', "wholes byPace money any maybeNumbers".Split(' ').Select(name => node[name]!.ToJsonString()))
            .ShouldBe("""[2] {"Slow":3} 1.50 {"x":1.0} [4,null]""");
    }

    [Fact]
    public void WholeNumber_InAnExposedNamespace_IsOneToo()
    {
        var tree = PortTree
            .Of(typeof(Holder))
            .Expose("inner", Tree, ["whole"], null, static fault => throw new InvalidOperationException(fault));

        tree.Check("""{"inner":{"whole":5.0}}"""u8.ToArray(), "inputs", out var stored).ShouldBeEmpty();

        Encoding.UTF8.GetString(stored).ShouldBe("""{"inner":{"whole":5}}""");
    }

    [Fact]
    public void WholeNumber_ThatIsEmitted_IsKeptAsItCanBeRead()
    {
        var outputs = new EmittedOutputs(Tree, stored: null);

        outputs.Emit("whole", JsonNode.Parse("6.0"));

        Encoding.UTF8.GetString(outputs.Write().Utf8).ShouldBe("""{"whole":6}""");
    }

    [Theory]
    [InlineData("""{"whole":1,"WHOLE":2}""", "inputs.WHOLE: the port 'whole' is given twice.")]
    [InlineData("""{"whole":1,"whole":2}""", "inputs.whole: it is given twice.")]
    [InlineData("""{"records":[{"of":1,"Of":2}]}""", "inputs.records[0].Of: the port 'of' is given twice.")]
    [InlineData("""{"any":{"a":1,"A":2}}""", "")]
    [InlineData("""{"any":{"a":1,"a":2}}""", "inputs.any.a: it is given twice.")]
    [InlineData("""{"any":{"x":[{"b":{"a":1,"a":2}}]}}""", "inputs.any.x[0].b.a: it is given twice.")]
    public void Name_ThatComesTwice_IsAFault(string json, string faults) => ShouldHave(json, faults);

    [Fact]
    public void Name_ThatComesTwiceInAnExposedNamespace_IsAFault()
    {
        var tree = PortTree
            .Of(typeof(Holder))
            .Expose("inner", Tree, ["whole"], null, static fault => throw new InvalidOperationException(fault));

        tree.Check("""{"inner":{"whole":5,"Whole":6}}"""u8.ToArray(), "inputs")
            .ShouldBe(["inputs.inner.Whole: the port 'whole' is given twice."]);
    }

    [Fact]
    public void Ports_ThatDifferInCaseOnly_AreNotExposedTogether()
    {
        var faults = new List<string>();
        PortTree.Of(typeof(Holder)).Expose("inner", PortTree.Of(typeof(Lower)), null, null, faults.Add)
            .Expose("inner", PortTree.Of(typeof(Upper)), null, null, faults.Add);

        faults.ShouldBe(["the port 'inner.NAME' is exposed twice"]);
    }

    [Theory]
    [InlineData("""{"hidden":1}""", "inputs.hidden: there is no such port; there are: ")]
    [InlineData(
        """{"records":[{"of":1,"hidden":1}]}""",
        "inputs.records[0].hidden: there is no such port; there are: of."
    )]
    public void Name_OfAPropertyThatIsIgnored_IsNoPort(string json, string fault) =>
        Tree.Check(Encoding.UTF8.GetBytes(json), "inputs").ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void Output_WithValuesThatItsSchemaRefuses_IsNotValid()
    {
        var end = OutputPorts.End(new Edge { Pace = (Pace)7, Paces = [(Pace)8], Names = [null!], Sides = (Sides)3 });

        end.Message.ShouldBe(
            "outputs.names[0]: null is not allowed. outputs.pace: one of Slow, Fast is expected. outputs.paces[0]: one "
            + "of Slow, Fast is expected.");
    }

    private static readonly PortTree Tree = PortTree.Of(typeof(Edge));

    private static void ShouldHave(string json, string faults)
    {
        var found = Tree.Check(Encoding.UTF8.GetBytes(json), "inputs");

        found.Count.ShouldBe(faults.Length == 0 ? 0 : faults.Split('|').Length, string.Join('|', found));
        foreach (var (fault, expected) in found.Zip(faults.Split('|')))
        {
            fault.ShouldStartWith(expected);
        }
    }

    private enum Pace
    {
        Slow,
        Fast,
    }

    [Flags]
    private enum Sides
    {
        Left = 1,
        Right = 2,
    }

    private sealed record Edge
    {
        public List<string> Names { get; init; } = [];

        public Dictionary<string, string> ByName { get; init; } = [];

        public Dictionary<string, List<string>> Deep { get; init; } = [];

        public Part[] Records { get; init; } = [];

        public List<string?> MaybeNames { get; init; } = [];

        public List<int?> MaybeNumbers { get; init; } = [];

        public Dictionary<string, List<string?>> MaybeDeep { get; init; } = [];

        public Dictionary<string, JsonElement> Any { get; init; } = [];

        public Pace Pace { get; init; }

        [JsonConverter(typeof(JsonStringEnumConverter))]
        public Pace Own { get; init; }

        public Pace? MaybePace { get; init; }

        public IReadOnlyList<Pace> Paces { get; init; } = [];

        public Dictionary<Pace, int> ByPace { get; init; } = [];

        public Sides Sides { get; init; }

        public int Whole { get; init; }

        public int[] Wholes { get; init; } = [];

        public decimal Money { get; init; }

        [JsonIgnore]
        public int Hidden { get; init; }
    }

    private sealed record Part([property: Range(0, 9)] int Of, [property: JsonIgnore] int Hidden = 3);

    private sealed record Holder
    {
        public Dictionary<string, JsonElement> Inner { get; init; } = [];
    }

    private sealed record Lower
    {
        public int Name { get; init; }
    }

    private sealed record Upper
    {
        [JsonPropertyName("NAME")]
        public int Name { get; init; }
    }
}

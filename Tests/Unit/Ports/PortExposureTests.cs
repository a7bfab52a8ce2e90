using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>The ports of a child in a dynamic namespace of its parent.</summary>
public sealed class PortExposureTests
{
    private static readonly PortTree Parent = PortTree.Of(typeof(Order));
    private static readonly PortTree Child = PortTree.Of(typeof(Ship));

    [Fact]
    public void ExposedPorts_AreCheckedLikeTheChildsOwn()
    {
        var tree = Expose("ship");

        Check(tree, """{"id":"o","ship":{"name":"a","address":{"city":"Bern"}}}""").ShouldBeEmpty();
        Check(tree, """{"id":1,"ship":{"name2":5,"address":{"city":"","street":1},"weight":10,"colour":1}}""").ShouldBe(
            [
                "inputs.id: text is expected, not a number.",
                "inputs.ship.name: a value is required.",
                "inputs.ship.address.city: The City field is required.",
                "inputs.ship.address.street: text is expected, not a number.",
                "inputs.ship.name2: text is expected, not a number.",
                "inputs.ship.weight: The field Weight must be between 1 and 9.",
                "inputs.ship.colour: there is no such port; there are: name, address, name2, weight, parts.",
            ]);
        Check(tree, """{"id":"o","ship":{"name":"a","address":{"city":"Bern"},"weight":5}}""")
            .ShouldBe(["inputs.ship: Nobody ships 5."]);
    }

    [Theory]
    [InlineData("""{"id":"o"}""")]
    [InlineData("""{"id":"o","ship":{}}""")]
    public void ExposedPort_ThatIsRequired_IsRequiredAlsoWithoutTheNamespace(string json) =>
        Check(Expose("ship"), json)
            .ShouldBe(["inputs.ship.name: a value is required.", "inputs.ship.address: a value is required."]);

    [Fact]
    public void Schema_OfANamespaceThatNeedsPorts_RequiresItAsTheCheckDoes()
    {
        var needed = Expose("ship").Schema();
        var free = Expose("ship", include: ["weight"]).Schema();

        needed["required"]!.AsArray().Select(static name => name!.GetValue<string>()).ShouldContain("ship");
        needed["properties"]!["ship"]!.AsObject().ShouldNotContainKey("default");
        (free["required"]?.AsArray().Select(static name => name!.GetValue<string>()) ?? []).ShouldNotContain("ship");
    }

    [Theory]
    [InlineData("""{"id":"o"}""", "")]
    [InlineData("""{"id":"o","maybe":null}""", "")]
    [InlineData("""{"id":"o","maybe":{}}""", "inputs.maybe.name: a value is required.")]
    public void ExposedNamespace_ThatMayBeNull_IsCheckedWhenItIsThere(string json, string faults) =>
        string.Join('|', Check(Expose("maybe", include: ["name"]), json)).ShouldBe(faults);

    [Fact]
    public void ParentThatChecksItself_WaitsForTheExposedPorts()
    {
        var tree = Expose("ship", include: ["name"]);

        Check(tree, """{"id":"odd","ship":{"name":1}}""")
            .ShouldBe(["inputs.ship.name: text is expected, not a number."]);
        Check(tree, """{"id":"odd","ship":{"name":"a"}}""").ShouldBe(["inputs: The id is odd."]);
    }

    [Fact]
    public void N24_Include_IsOfWholeNamesNotOfBeginnings()
    {
        Names(Expose("ship", include: ["name2"]).Describe("inputs")).ShouldBe(["name2"]);
        Names(Expose("ship", include: ["name"]).Describe("inputs")).ShouldBe(["name"]);
        Names(Expose("ship", exclude: ["name", "weight"]).Describe("inputs")).ShouldBe(["address", "name2", "parts"]);
    }

    [Theory]
    [InlineData("address", "city|street")]
    [InlineData("address.city", "city")]
    [InlineData("address.city|address", "city|street")]
    public void Include_OfAPath_TakesWhatIsBelow(string include, string ports)
    {
        var ship = Expose("ship", include: include.Split('|'))
            .Describe("inputs")
            .Children.Single(static port => port.Name == "ship");

        ship.Kind.ShouldBe(PortKind.Namespace);
        ship.Children.ShouldHaveSingleItem().Children.Select(static port => port.Name).ShouldBe(ports.Split('|'));
    }

    [Fact]
    public void ExcludedPort_IsRefusedAndNotRequired()
    {
        var tree = Expose("ship", exclude: ["name", "address.city", "weight"]);

        Check(tree, """{"id":"o","ship":{"address":{"street":"x"}}}""").ShouldBeEmpty();
        Check(tree, """{"id":"o","ship":{"name":"a","address":{"city":"Bern"}}}""").ShouldBe(
            [
                "inputs.ship.address.city: there is no such port; there are: street.",
                "inputs.ship.name: there is no such port; there are: address, name2, parts.",
            ]);
    }

    [Theory]
    [InlineData(
        "ship",
        "name",
        "name",
        "the ports exposed at 'ship' are both included and excluded by name; do one of both"
    )]
    [InlineData(
        "ship",
        "",
        null,
        "none of the ports exposed at 'ship' is included; name some, or leave the list out for all"
    )]
    [InlineData(
        "ship",
        "nam|name|address.cit",
        null,
        "Ship has no port 'nam' to expose at 'ship'|Ship has no port 'address.cit' to expose at 'ship'"
    )]
    [InlineData("ship", null, "name3", "Ship has no port 'name3' to expose at 'ship'")]
    [InlineData("ship", "name.length", null, "Ship has no port 'name.length' to expose at 'ship'")]
    [InlineData("shi", null, null, "there is no port 'shi'")]
    [InlineData("id.x", null, null, "there is no port 'id.x'")]
    [InlineData(
        "id",
        null,
        null,
        "the port 'id' is a string; to expose ports there, make it a Dictionary<string, JsonElement>"
    )]
    [InlineData(
        "counts",
        null,
        null,
        "the port 'counts' is a Dictionary<string, int>; to expose ports there, make it a Dictionary<string, "
        + "JsonElement>"
    )]
    public void Exposure_ThatCannotBe_SaysWhy(string path, string? include, string? exclude, string expected)
    {
        var faults = new List<string>();

        var tree = Parent.Expose(path, Child, List(include), List(exclude), faults.Add);

        string.Join('|', faults).ShouldBe(expected);
        tree.ShouldBeSameAs(Parent);
        static string[]? List(string? text) => text?.Split('|', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Exposure_OfTheSameNameTwice_IsAFault()
    {
        var faults = new List<string>();

        Expose("ship", include: ["name"]).Expose("ship", PortTree.Of(typeof(Pair)), null, null, faults.Add);

        faults.ShouldBe(["the port 'ship.name' is exposed twice"]);
    }

    [Fact]
    public void Exposures_OfTwoChildren_ShareANamespace()
    {
        var tree = Expose("ship", include: ["weight"])
            .Expose("ship", PortTree.Of(typeof(Pair)), null, null, fault =>
                throw new InvalidOperationException(fault));

        Check(tree, """{"id":"o","ship":{"weight":0,"name":"a","again":"b","x":1}}""").ShouldBe(
            [
                "inputs.ship.weight: The field Weight must be between 1 and 9.",
                "inputs.ship.again: 'Again' and 'Name' do not match.",
                "inputs.ship.x: there is no such port; there are: weight, name, again.",
            ]);
        Gather(tree, typeof(Pair), """{"weight":2,"NAME":"a","x":1}""").ShouldBe("""{"name":"a"}""");
        Gather(tree, typeof(Ship), """{"weight":2,"name":"a"}""").ShouldBe("""{"weight":2}""");
    }

    [Fact]
    public void Gathering_PicksOnlyTheExposedPorts()
    {
        var tree = Expose("ship", include: ["address.city", "parts"]);

        Gather(tree, typeof(Ship), """{"name":"a","address":{"city":"Bern","street":"x"},"parts":[1]}""")
            .ShouldBe("""{"address":{"city":"Bern"},"parts":[1]}""");
        Gather(tree, typeof(Ship), "null").ShouldBe("{}");
    }

    [Fact]
    public void N24_Exposure_LeavesTheTreeItIsMadeFromAlone()
    {
        var before = (Parent.Schema().ToJsonString(), Child.Schema().ToJsonString());

        Expose("ship", include: ["name"]).ShouldNotBeSameAs(Parent);

        (Parent.Schema().ToJsonString(), Child.Schema().ToJsonString()).ShouldBe(before);
        Check(Parent, """{"id":"o","ship":{"anything":1}}""").ShouldBeEmpty();
    }

    [Fact]
    public void Exposure_OfAnExposedPort_ReachesThroughBoth()
    {
        var faults = new List<string>();

        var middle = PortTree.Of(typeof(Carton)).Expose("inner.ship", Child, null, null, faults.Add);
        var tree = PortTree.Of(typeof(Batch)).Expose("order", middle, ["inner.ship.weight"], null, faults.Add);

        faults.ShouldBeEmpty();
        Check(tree, """{"order":{"inner":{"ship":{"weight":0,"name":"a"}}}}""").ShouldBe(
            [
                "inputs.order.inner.ship.weight: The field Weight must be between 1 and 9.",
                "inputs.order.inner.ship.name: there is no such port; there are: weight.",
            ]);
        Check(tree, """{"order":{"inner":{"ship":{"weight":2}}}}""").ShouldBeEmpty();
        Gather(tree, typeof(Carton), """{"note":1,"inner":{"ship":{"weight":2}}}""", "order")
            .ShouldBe("""{"inner":{"ship":{"weight":2}}}""");
    }

    [Fact]
    public void Comparison_WithAPortThatIsNotExposed_IsAFault()
    {
        Faults<Pair>(include: ["again"])
            .ShouldBe(["the port 'again' is compared with Name, which is not exposed at 'ship'"]);
        Faults<Pair>(include: ["name"]).ShouldBeEmpty();
    }

    [Fact]
    public void RecordThatChecksItself_NeedsAllItsPortsUnlessItSaysWhich()
    {
        Faults<Order>(exclude: ["id"])
            .ShouldBe([
                "Order checks its ports together, but not all are exposed at 'ship'; say with [ValidatesPorts] on it "
                + "which it needs",
            ]);
        Faults<Order>(exclude: ["inner.note"])
            .ShouldHaveSingleItem()
            .ShouldStartWith("Order checks its ports together, but not all are exposed");
        Faults<Ship>(include: ["name"]).ShouldBe([]);
        Faults<Range>(include: ["low"])
            .ShouldBe(["Range checks its ports together and needs High, which is not exposed at 'ship'"]);
        Faults<Range>(exclude: ["name"]).ShouldBeEmpty();
    }

    [Fact]
    public void RecordThatSaysWhichPortsItNeeds_ChecksThemWithoutTheOthers()
    {
        var tree = Parent.Expose("ship", PortTree.Of(typeof(Range)), null, ["name"], fault =>
            throw new InvalidOperationException(fault));

        Check(tree, """{"id":"o","ship":{"low":5,"high":3}}""").ShouldBe(["inputs.ship.high: High is below Low."]);
        Check(tree, """{"id":"o","ship":{"low":5,"high":7}}""").ShouldBeEmpty();
    }

    [Fact]
    public void Part_OfAnExposedNamespace_IsCheckedByTheChild()
    {
        var tree = Expose("ship", include: ["weight"]);

        tree.CheckPart("ship.weight", 0, "outputs", out _)
            .ShouldBe(["outputs.ship.weight: The field Weight must be between 1 and 9."]);
        tree.CheckPart("ship.name", "a", "outputs", out _)
            .ShouldBe(["outputs.ship.name: there is no such port; there are: weight."]);
        tree.CheckPart("ship.weight", 2, "outputs", out _).ShouldBeEmpty();
    }

    [Fact]
    public void Schema_OfAnExposedNamespace_IsTheChilds()
    {
        var ship = Expose("ship", include: ["name", "weight", "parts"]).Schema()["properties"]!["ship"]!;

        ship["properties"]!.AsObject().Select(static port => port.Key).ShouldBe(["name", "weight", "parts"]);
        ship["properties"]!["weight"]!["maximum"]!.GetValue<int>().ShouldBe(9);
        ship["required"]!.ToJsonString().ShouldBe("""["name"]""");
        ship["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
    }

    private static PortTree Expose(string path, string[]? include = null, string[]? exclude = null) =>
        Parent.Expose(path, Child, include, exclude, static fault => throw new InvalidOperationException(fault));

    private static List<string> Faults<T>(string[]? include = null, string[]? exclude = null)
    {
        var faults = new List<string>();
        Parent.Expose("ship", PortTree.Of(typeof(T)), include, exclude, faults.Add);
        return faults;
    }

    private static IReadOnlyList<string> Check(PortTree tree, string json) =>
        tree.Check(Encoding.UTF8.GetBytes(json), "inputs");

    private static string Gather(PortTree tree, Type child, string json, string path = "ship") =>
        tree.Gather(path, child, JsonElement.Parse(json)).ShouldNotBeNull().ToJsonString();

    private static IEnumerable<string> Names(PortDescription parent) =>
        parent.Children.Single(static port => port.Name == "ship").Children.Select(static port => port.Name);

    private sealed record Order(string Id) : IValidatableObject
    {
        public Dictionary<string, JsonElement> Ship { get; init; } = [];

        public Dictionary<string, JsonNode>? Maybe { get; init; }

        public Dictionary<string, int> Counts { get; init; } = [];

        public Inner Inner { get; init; } = new();

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Id == "odd" ? [new("The id is odd.")] : [];
    }

    private sealed record Inner(string Note = "")
    {
        public IReadOnlyDictionary<string, object> Ship { get; init; } = new Dictionary<string, object>();
    }

    private sealed record Carton
    {
        public Inner Inner { get; init; } = new();
    }

    private sealed record Batch
    {
        public Dictionary<string, JsonElement> Order { get; init; } = [];
    }

    [ValidatesPorts]
    private sealed record Ship(
        string Name,
        Address Address,
        string? Name2 = null,
        [property: Range(1, 9)] int Weight = 1,
        int[]? Parts = null) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Weight == 5 ? [new("Nobody ships 5.")] : [];
    }

    private sealed record Address([property: Required] string City, string? Street = null);

    private sealed record Pair(string Name = "", [property: Compare(nameof(Pair.Name))] string? Again = null);

    [ValidatesPorts(nameof(Low), nameof(High))]
    private sealed record Range(string Name, int Low, int High) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            High < Low ? [new ValidationResult("High is below Low.", [nameof(High)])] : [];
    }
}

using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>One value for one port, by its path.</summary>
public sealed class PortPartTests
{
    private static readonly PortTree Tree = PortTree.Of(typeof(Shipment));

    [Theory]
    [InlineData("to", "\"Bern\"")]
    [InlineData("from", "null")]
    [InlineData("from.city", "\"Basel\"")]
    [InlineData("parcels.big", """{"weight":3}""")]
    [InlineData("parcels.big.weight", "3")]
    [InlineData("next.next.to", "\"Bern\"")]
    [InlineData("items", """[{"weight":1}]""")]
    [InlineData("extra", """{"a":1}""")]
    public void Value_ThatFits_HasNoFaults(string path, string json) => CheckPart(path, json).ShouldBeEmpty();

    [Theory]
    [InlineData("", "1", "outputs.: there is no such port; there are: to, ")]
    [InlineData("colour", "1", "outputs.colour: there is no such port; there are: to, ")]
    [InlineData("t", "1", "outputs.t: there is no such port; ")]
    [InlineData("from.cit", "1", "outputs.from.cit: there is no such port; there are: city, zip.")]
    [InlineData("to.length", "1", "outputs.to.length: there is no such port; there are none.")]
    [InlineData("items.a", "1", "outputs.items.a: there is no such port; there are none.")]
    [InlineData("parcels.", "1", "outputs.parcels.: there is no such port; there are none.")]
    [InlineData("to", "null", "outputs.to: null is not allowed.")]
    [InlineData("to", "\"far too long\"", "outputs.to: The field To must be a string with a maximum length of 8.")]
    [InlineData("weight", "true", "outputs.weight: a whole number from ")]
    [InlineData("from", """{"city":"Atlantis"}""", "outputs.from.city: It has sunk.")]
    [InlineData("from.city", "\"\"", "outputs.from.city: The City field is required.")]
    [InlineData(
        "parcels.big",
        """{"weight":0}""",
        "outputs.parcels.big.weight: The field Weight must be between 1 and 9."
    )]
    [InlineData("parcels.big.weight", "0", "outputs.parcels.big.weight: The field Weight must be between 1 and 9.")]
    [InlineData(
        "parcels.big.colour",
        "0",
        "outputs.parcels.big.colour: there is no such port; there are: weight, note."
    )]
    public void Value_ThatDoesNotFit_IsAFault(string path, string json, string fault) =>
        CheckPart(path, json).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void N24_DynamicOutput_WithANewName_NeverChangesTheDefinition()
    {
        var before = Tree.Schema().ToJsonString();

        CheckPart("parcels.big", """{"weight":3}""").ShouldBeEmpty();

        Tree.Schema().ToJsonString().ShouldBe(before);
        PortTree.Of(typeof(Shipment)).ShouldBeSameAs(Tree);
        Tree.Find("parcels")!.Tree.Find("big").ShouldBeNull();
    }

    [Fact]
    public void Node_ThatCannotBeWritten_IsAFault() =>
        Tree.CheckPart("extra", JsonValue.Create(double.NaN), "outputs", out _)
            .ShouldHaveSingleItem()
            .ShouldStartWith("outputs.extra: ");

    [Fact]
    public void Lambda_OfAPort_IsItsPath()
    {
        var key = "small";

        PathOf(o => o.To).ShouldBe("to");
        PathOf(o => o.From!.City).ShouldBe("from.city");
        PathOf(o => o.Weight).ShouldBe("weight");
        PathOf<object>(o => o.Weight).ShouldBe("weight");
        PathOf(o => o.Parcels["big"]).ShouldBe("parcels.big");
        PathOf(o => o.Next!.Parcels[key].Weight).ShouldBe("next.parcels.small.weight");
    }

    [Fact]
    public void Lambda_OfSomethingElse_IsRefused()
    {
        Refused(o => o);
        Refused(o => o.To.Length);
        Refused(o => o.Items[0]);
        Refused(o => o.Weight + 1);
        Refused(o => o.ToString());
        Refused(o => o.Parcels["a.b"]);
        Refused(o => o.Parcels[""]);
        Refused(o => Tree);
        static void Refused<TValue>(Expression<Func<Shipment, TValue>> port) =>
            Should
                .Throw<ArgumentException>(() => PathOf(port))
                .Message.ShouldContain("names no port: give properties, such as o => o.Parcel.Weight");
    }

    private static string PathOf<TValue>(Expression<Func<Shipment, TValue>> port) => PortTree.PathOf(port);

    private static IReadOnlyList<string> CheckPart(string path, string json) =>
        Tree.CheckPart(path, JsonNode.Parse(json), "outputs", out _);
}

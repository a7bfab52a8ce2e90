using System.Text.Json;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Definitions as clients inspect them.</summary>
/// <param name="stores">The clusters.</param>
public sealed class InspectionTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Description_HasPortsHelpAndExitCodes()
    {
        var description = await Client.DescribeAsync(ShipChain.Type.Name, Cancel);

        description.ShouldSatisfyAllConditions(
            d => d.Type.ShouldBe("behaviour/ship"),
            d => d.Version.ShouldBe(3),
            d => d.Help.ShouldBe("Ships a parcel."),
            d =>
                d.ExitCodes.ShouldBe([
                    new ExitCodeDescription(460, "REFUSED", "Nobody takes it."),
                    new ExitCodeDescription(461, "LOST", "Lost in {place}."),
                ]),
            d =>
                d.Inputs.Children.Select(static port => $"{port.Path} {port.Kind} {port.Required}")
                    .ShouldBe([
                        "address Namespace True",
                        "weight Value False",
                        "mostWeight Value False",
                        "ticket Value False",
                        "marks List False",
                    ]),
            d =>
                d.Inputs.Children[0]
                    .Children.Select(static port => $"{port.Path} {port.Required}")
                    .ShouldBe(["address.city True", "address.street False"]),
            d => d.Inputs.Children[0].Help.ShouldBe("Where it goes."),
            d => d.Inputs.Children[1].Default.ShouldBe("2"),
            d => d.Inputs.Children[3].DefaultIsComputed.ShouldBeTrue(),
            d => d.Outputs.Children.Select(static port => port.Name).ShouldBe(["seen", "weight", "city"]));
    }

    [Fact]
    public async Task Description_HasTheOutlineAsATree()
    {
        var description = await Client.DescribeAsync(ShipChain.Type.Name, Cancel);

        string.Join(' ', description.Outline.Select(Text))
            .ShouldBe(
                "Step:Look If:IsHeld[IsHeld(Signal:go) else(Step:LookFreely)] While:IsShort[IsShort(Step:LookAgain)] "
                + "Return:0");
        description
            .Outline.SelectMany(PositionsOf)
            .ShouldBe(["Look", "IsHeld/go/Gone", "IsHeld-else/LookFreely", "IsShort/LookAgain"]);
        description.Outline.SelectMany(PositionsOf).ShouldBeSubsetOf(description.Positions);
    }

    [Fact]
    public async Task Description_HasJsonSchemas()
    {
        var description = await Client.DescribeAsync(ShipChain.Type.Name, Cancel);

        var schema = JsonElement.Parse(description.InputSchema);
        schema.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).ShouldBe(["address"]);
        schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        schema.GetProperty("properties").GetProperty("weight").GetProperty("maximum").GetInt32().ShouldBe(9);
        schema
            .GetProperty("properties")
            .GetProperty("address")
            .GetProperty("properties")
            .EnumerateObject()
            .Select(static port => port.Name)
            .ShouldBe(["city", "street"]);
        JsonElement
            .Parse(description.OutputSchema)
            .GetProperty("properties")
            .EnumerateObject()
            .Select(static port => port.Name)
            .ShouldBe(["seen", "weight", "city"]);
    }

    [Fact]
    public async Task ExposedPorts_AreDescribedAsTheParentsOwn()
    {
        var description = await Client.DescribeAsync(OrderChain.Type.Name, Cancel);

        description
            .Inputs.Children.Single(static port => port.Name == "ship")
            .Children.Select(static port => port.Path)
            .ShouldBe(["ship.address", "ship.weight", "ship.mostWeight"]);
        description
            .Outputs.Children.Single(static port => port.Name == "shipped")
            .Children.Select(static port => port.Name)
            .ShouldBe(["weight", "city"]);
    }

    [Fact]
    public async Task Types_AreListedInOrder()
    {
        var types = await Client.ListTypesAsync(Cancel);

        types.ShouldContain("behaviour/ship");
        types.ShouldBe(types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task UnknownType_IsATypedError()
    {
        (
            await Should.ThrowAsync<ProcessTypeUnknownException>(Client.DescribeAsync("behaviour/nothing", Cancel))
        ).ProcessType.ShouldBe("behaviour/nothing");
        (
            await Should.ThrowAsync<ProcessTypeUnknownException>(
                Client.StartJsonAsync("behaviour/nothing", "{}"u8.ToArray(), cancellationToken: Cancel))
        ).ProcessType.ShouldBe("behaviour/nothing");
    }

    private static string Text(OutlineElement element) =>
        element.Blocks.Count == 0
            ? $"{element.Kind}:{element.Id}"
            : $"{element.Kind}:{element.Id}[{string.Join(' ', element.Blocks.Select(static block => $"{block.Predicate ?? "else"}({string.Join(' ', block.Elements.Select(Text))})"))}]";

    private static IEnumerable<string> PositionsOf(OutlineElement element) =>
        element.Positions.Concat(element.Blocks.SelectMany(static block => block.Elements).SelectMany(PositionsOf));
}

using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Ports that a child exposes itself are lent on.</summary>
public sealed class ExposeChainTests
{
    [Fact]
    public void PortsThatAChildExposes_AreCheckedWhenItsParentStarts()
    {
        var definition = OutlineWalk.Sound(typeof(Top));

        definition
            .CheckInput("""{"middle":{"leaf":{"weight":0,"colour":1}}}"""u8.ToArray(), out _)
            .ShouldBe([
                "inputs.middle.leaf.weight: The field Weight must be between 1 and 9.",
                "inputs.middle.leaf.colour: there is no such port; there are: weight.",
            ]);
        definition.CheckInput("""{"middle":{"leaf":{}}}"""u8.ToArray(), out var stored).ShouldBeEmpty();
        Encoding.UTF8.GetString(stored).ShouldBe("""{"middle":{"leaf":{"weight":2}}}""");
    }

    [Fact]
    public void PortsThatAChildExposes_AreDescribed()
    {
        var description = OutlineWalk.Sound(typeof(Top)).Describe();

        foreach (var ports in new[] { description.Inputs, description.Outputs })
        {
            var leaf = ports.Children.Single().Children.Single();
            (leaf.Path, leaf.Kind).ShouldBe(("middle.leaf", PortKind.Namespace));
            leaf.Children.Select(static port => port.Path).ShouldBe(["middle.leaf.weight"]);
        }

        var schema = JsonElement
            .Parse(description.InputSchema)
            .GetProperty("properties")
            .GetProperty("middle")
            .GetProperty("properties")
            .GetProperty("leaf");
        schema.GetProperty("properties").GetProperty("weight").GetProperty("maximum").GetInt32().ShouldBe(9);
        schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void OutputsThatAChildExposes_AreEmittedAsFarAsTheyAreExposed() =>
        OutlineWalk
            .Sound(typeof(Top))
            .Outputs.Gather(
                "middle",
                typeof(Held),
                JsonElement.Parse("""{"leaf":{"weight":3,"secret":4},"other":1}"""))
            .ShouldNotBeNull()
            .ToJsonString()
            .ShouldBe("""{"leaf":{"weight":3}}""");

    [Fact]
    public void TypeThatExposesItsOwnPorts_TakesAnyBelow()
    {
        var definition = OutlineWalk.Sound(typeof(Endless));

        definition.CheckInput("""{"middle":{"middle":{"anything":1}}}"""u8.ToArray(), out _).ShouldBeEmpty();
        definition
            .CheckInput("""{"middle":{"anything":1}}"""u8.ToArray(), out _)
            .ShouldBe(["inputs.middle.anything: there is no such port; there are: middle."]);
    }

    [Fact]
    public void FaultsOfAChild_AreThoseOfItsParentToo() =>
        OutlineWalk.Faults(typeof(OverFaulty)).ShouldBe(["Faulty: inputs: there is no port 'nowhere'"]);

    private sealed record Weighed([property: Range(1, 9)] int Weight = 2, int Secret = 1);

    private sealed record Held
    {
        public Dictionary<string, JsonElement> Leaf { get; init; } = [];
    }

    private sealed record Holder
    {
        public Dictionary<string, JsonElement> Middle { get; init; } = [];
    }

    private abstract class Chain<TPorts> : WorkChain<TPorts, TPorts, Trail>
    {
        protected override void Define(OutlineBuilder outline) => outline.Return();
    }

    [Process("leaf")]
    private sealed class Leaf : Chain<Weighed>;

    [Process("middle")]
    private sealed class Middle : Chain<Held>
    {
        protected override void Expose(ExposeBuilder ports) =>
            ports.ExposeInputs<Leaf>("leaf", exclude: ["secret"]).ExposeOutputs<Leaf>("leaf", include: ["weight"]);
    }

    [Process("top")]
    private sealed class Top : Chain<Holder>
    {
        protected override void Expose(ExposeBuilder ports) =>
            ports.ExposeInputs<Middle>("middle").ExposeOutputs<Middle>("middle");
    }

    [Process("endless")]
    private sealed class Endless : Chain<Holder>
    {
        protected override void Expose(ExposeBuilder ports) => ports.ExposeInputs<Endless>("middle");
    }

    [Process("faulty")]
    private sealed class Faulty : Chain<Held>
    {
        protected override void Expose(ExposeBuilder ports) => ports.ExposeInputs<Leaf>("nowhere");
    }

    [Process("over")]
    private sealed class OverFaulty : Chain<Holder>
    {
        protected override void Expose(ExposeBuilder ports) =>
            ports.ExposeInputs<Faulty>("middle").ExposeOutputs<Faulty>("middle");
    }
}

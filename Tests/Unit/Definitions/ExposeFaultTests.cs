using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Exposures and restart handlers that cannot be.</summary>
public sealed class ExposeFaultTests
{
    [Fact]
    public void Expose_WithFaultsOfEveryKind_ReportsThemTogether() => OutlineWalk.Faults(typeof(Faulty)).ShouldBe(
    [
        "Faulty: inputs: the port 'name' is a string; to expose ports there, make it a Dictionary<string, JsonElement>",
        "Faulty: inputs: Pair has no port 'third' to expose at 'child'",
        "Faulty: inputs: the port 'second' is compared with First, which is not exposed at 'child'",
        "Faulty: outputs: there is no port 'elsewhere'",
    ]);

    [Fact]
    public void Expose_ThatThrows_IsAFault() =>
        OutlineWalk
            .Faults(typeof(Throwing))
            .ShouldHaveSingleItem()
            .ShouldStartWith("Throwing: Expose: it cannot be read: I asked a service.");

    [Fact]
    public void RestartHandlers_ThatCannotBeCalled_AreReportedTogether() =>
        OutlineWalk
            .Faults(typeof(BadHandlers))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                fault => fault.ShouldContain("The handler 'Wrong' must"),
                fault => fault.ShouldContain("The handler 'Static' must"),
                fault => fault.ShouldContain("The handler 'Deep' must"),
                fault => fault.ShouldContain("Two handlers have the name 'Same'."));

    private sealed record Given
    {
        public string Name { get; init; } = "";

        public IReadOnlyDictionary<string, JsonElement> Child { get; init; } = new Dictionary<string, JsonElement>();
    }

    private sealed record Pair
    {
        public string First { get; init; } = "";

        [Compare(nameof(First))]
        public string Second { get; init; } = "";
    }

    [Process("child")]
    private sealed class ChildChain : WorkChain<Pair, Pair, Trail>
    {
        protected override void Define(OutlineBuilder outline) => outline.Return();
    }

    private abstract class Parent : WorkChain<Given, Given, Trail>
    {
        protected override void Define(OutlineBuilder outline) => outline.Return();
    }

    [Process("f")]
    private sealed class Faulty : Parent
    {
        protected override void Expose(ExposeBuilder ports) => ports
            .ExposeInputs<ChildChain>("name")
            .ExposeInputs<ChildChain>("child", include: ["third"])
            .ExposeInputs<ChildChain>("child", exclude: ["first"])
            .ExposeOutputs<ChildChain>("elsewhere");
    }

    [Process("f")]
    private sealed class Throwing : Parent
    {
        protected override void Expose(ExposeBuilder ports) =>
            throw new InvalidOperationException("I asked a service.");
    }

    private sealed record Again : RestartInput;

    private abstract class Handlers : RestartChain<Again, Nothing, RestartContext<Pair, Pair>, Pair, Pair>
    {
        protected override ProcessType<Pair, Pair> Child { get; } = new("child");

        protected override Pair PrepareInputs() => new();

        protected override Nothing? CreateOutput(ChildResult<Pair> last) => new();

        [RestartHandler]
        private static HandlerReport? Same(ChildResult<Pair> child) => HandlerReport.Done;

        [RestartHandler]
        private static HandlerReport? Deep() => HandlerReport.Done;
    }

    [Process("f")]
    private sealed class BadHandlers : Handlers
    {
        [RestartHandler]
        public HandlerReport? Same(ChildResult<Pair> child) => Input.MaxIterations > 1 ? HandlerReport.Done : null;

        [RestartHandler]
        public static HandlerReport? Static(ChildResult<Pair> child) => HandlerReport.Done;

        [RestartHandler]
        public bool Wrong(ChildResult<Pair> child) => Input.MaxIterations > 1;
    }
}

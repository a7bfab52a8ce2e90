using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>When a sender is told that nobody waits for a signal, and when nothing is said.</summary>
public sealed class AwaitedNamesTests
{
    private static readonly DefinitionRegistry Registry = new([
        OutlineWalk.Sound(typeof(Visit)),
        OutlineWalk.Sound(typeof(Silent)),
        OutlineWalk.Sound(typeof(Machine)),
    ]);

    private readonly FakeCluster _cluster = new FakeCluster().Has(0, AnnouncedTypes.Write(Registry));

    [Theory]
    [InlineData("visit", "arrived", null)]
    [InlineData("visit", "Arrived", "arrived, left")]
    [InlineData("silent", "arrived", "")]
    [InlineData("machine", "arrived", null)]
    [InlineData("nobody", "arrived", null)]
    public async Task Names_AreToldOfAnOutlineThatHasNoneSuch(string type, string signal, string? names) =>
        (await WithoutAsync(type, signal)).ShouldBe(names);

    /// <summary>The other version may wait for it.</summary>
    [Theory]
    [InlineData("""{"types":{"visit":2},"format":4}""")]
    [InlineData(null)]
    public async Task Names_WhileASiloMayHaveAnotherVersion_AreNotTold(string? other)
    {
        _cluster.Has(1, other);

        (await WithoutAsync("visit", "arived")).ShouldBeNull();
    }

    private async Task<string?> WithoutAsync(string type, string signal) =>
        await new AwaitedNames(Registry, _cluster.Types, elsewhere: null!).WithoutAsync(type, signal) is { } names
            ? string.Join(", ", names)
            : null;

    [Process("visit")]
    private sealed class Visit : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .WaitFor<int>("left", OnSignal, TimeSpan.FromMinutes(1), OnTimeout, id: "gone")
            .If(X, then => then.WaitFor("arrived", A));
    }

    [Process("silent")]
    private sealed class Silent : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    [Process("machine")]
    private sealed class Machine : Process<Letters, Nothing>
    {
        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(WaitFor<int>(step.ProcessId.Value, Take));

        private Task<StepResult> Take(StepContext step, int signal) => Task.FromResult(Finish());
    }
}

using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Running;

/// <summary>When the ends of many children gather, and when they do not.</summary>
public sealed class EndGatheringTests
{
    [Fact]
    public void Poke_SoonAfterAnother_IsHeldUpForALittleWhile()
    {
        var time = new FakeTimeProvider();
        var over = 0;
        var ends = new EndGathering(time, () => over++);
        var state = Waiting(1_000);

        Poke(ends, state).ShouldBeFalse("it has been quiet");
        time.Advance(EndGathering.Longest / 2);
        Poke(ends, state).ShouldBeTrue();
        Poke(ends, state).ShouldBeTrue();

        ends.IsHolding.ShouldBeTrue();
        over.ShouldBe(0);
        time.Advance(EndGathering.Longest / 2);
        over.ShouldBe(1, "from the last look on, not from the poke");
        ends.HoldsUp(state, isSlicing: false).ShouldBeFalse();
        ends.IsHolding.ShouldBeFalse();
    }

    [Fact]
    public void Look_ThatIsToHurry_IsNotHeldUp()
    {
        var ends = new EndGathering(new FakeTimeProvider(), static () => { });
        var state = Waiting(1_000);
        Poke(ends, state);
        Poke(ends, state).ShouldBeTrue();

        ends.Hurry();

        ends.HoldsUp(state, isSlicing: false).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1_000, null, 128)]
    [InlineData(20, null, 20)]
    [InlineData(1_000, 50, 25)]
    [InlineData(1_000, 1, 1)]
    public void Pokes_AsManyAsAreWorthACommit_AreNotHeldUp(int children, int? bound, int enough)
    {
        var ends = new EndGathering(new FakeTimeProvider(), static () => { });
        var state = Waiting(children, bound);
        Poke(ends, state);

        for (var n = 1; n < enough; n++)
        {
            Poke(ends, state).ShouldBeTrue($"{n} are too few");
        }

        Poke(ends, state).ShouldBeFalse();
    }

    [Fact]
    public void Process_ThatDoesNotWaitForMany_IsNeverHeldUp()
    {
        var ends = new EndGathering(new FakeTimeProvider(), static () => { });
        foreach (
            var state in (EngineState?[])
                [null, Waiting(EndGathering.Few - 1), Machine.Start().State, Machine.Waiting(A.AwaitSignal()).State])
        {
            Poke(ends, state);
            Poke(ends, state).ShouldBeFalse();
        }
    }

    [Fact]
    public void StepThatStoresChildren_IsNotInterruptedByEachEnd()
    {
        var ends = new EndGathering(new FakeTimeProvider(), static () => { });
        var state = Machine.Start().State;
        Poke(ends, state);

        ends.Count();

        ends.HoldsUp(state, isSlicing: true).ShouldBeTrue();
    }

    private static bool Poke(EndGathering ends, EngineState? state)
    {
        ends.Count();
        return ends.HoldsUp(state, isSlicing: false);
    }

    private static EngineState Waiting(int children, int? bound = null) =>
        Machine.Waiting(A.AwaitChildren(children) with { MaxConcurrency = bound }).State;
}

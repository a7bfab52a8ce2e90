namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Where an outline goes, by the positions that it stores.</summary>
public sealed class OutlineTests
{
    [Theory]
    [InlineData("", "A D end")]
    [InlineData("x", "A X/B D end")]
    [InlineData("y", "A Y/C D end")]
    [InlineData("xy", "A X/B D end")]
    public async Task If_TakesTheFirstBranchThatHolds(string holds, string path) =>
        (await PathAsync<IfElseIf>(holds)).ShouldBe(path);

    [Theory]
    [InlineData("", "A X-else/Z-else/D end")]
    [InlineData("z", "A X-else/Z/C end")]
    [InlineData("x", "A X/B X/Y-else/MayEnd end")]
    [InlineData("xy", "A X/B end")]
    [InlineData("x!", "A X/B X/Y-else/MayEnd exit 100")]
    public async Task If_Nested_GoesOnAfterTheOutermost(string holds, string path) =>
        (await PathAsync<NestedIf>(holds)).ShouldBe(path);

    [Theory]
    [InlineData("", "A X-else/C D end")]
    [InlineData("x", "A D end")]
    [InlineData("xy", "A X/Y/B D end")]
    public async Task If_WhoseBranchHasNothingToDo_TriesNoOther(string holds, string path) =>
        (await PathAsync<EmptyBranch>(holds)).ShouldBe(path);

    [Fact]
    public async Task While_RepeatsItsBodyUntilThePredicateFails() =>
        (await PathAsync<Loops>("")).ShouldBe("A Twice/B Twice/ThreeC/C Twice/ThreeC/C Twice/ThreeC/C Twice/B D end");

    [Fact]
    public async Task While_WhoseBodyHasNothingToDo_FailsTheStepBeforeIt()
    {
        var fault = await Should.ThrowAsync<InvalidOperationException>(() => PathAsync<EmptyLoop>("y"));

        fault.Message.ShouldContain("The loop 'Y' would never end");
        (await PathAsync<EmptyLoop>("xy", most: 4)).ShouldBe("A Y/X/B Y/X/B Y/X/B");
        (await PathAsync<EmptyLoop>("")).ShouldBe("A end");
    }

    [Theory]
    [InlineData("", "A B end")]
    [InlineData("x", "A end")]
    [InlineData("y", "A exit 101")]
    public async Task Return_EndsTheProcess(string holds, string path) =>
        (await PathAsync<Returns>(holds)).ShouldBe(path);

    [Theory]
    [InlineData("", "(start) D end")]
    [InlineData("x", "(start) X/B D end")]
    public async Task Outline_ThatBeginsWithAnIf_BeginsWithAStepOfItsOwn(string holds, string path) =>
        (await PathAsync<BeginsWithIf>(holds)).ShouldBe(path);

    [Fact]
    public async Task Waits_HaveTheirHandlersBelowTheirIds() =>
        (await PathAsync<Waits>("x")).ShouldBe(
            "(start) [paid] X/paid/OnTimeout [00:00:05] X/Delay [00:01:00] X/AMinute TwoChildren [2 children] "
            + "TwoChildren/OnChildren end");

    [Fact]
    public async Task Wait_WithoutATimeout_GoesToItsHandler() =>
        (await PathAsync<WaitOnly>("")).ShouldBe("A [paid] paid/OnSignal end");

    [Fact]
    public async Task Child_GivesItsResultToTheHandler() =>
        (await PathAsync<OneChildOnly>("")).ShouldBe("OneChild [1 children] OneChild/OnChild end");

    [Fact]
    public async Task Handler_GetsThePayload()
    {
        var definition = OutlineWalk.Sound(typeof(WaitOnly));

        var (_, context) = await OutlineWalk.RunAsync(definition, "paid/OnSignal", args: new("42"u8.ToArray()));

        System.Text.Encoding.UTF8.GetString(context!.Utf8).ShouldContain("signal 42");
    }

    [Fact]
    public async Task Step_WithAnIdAndOptions_IsFoundByItsId()
    {
        var definition = OutlineWalk.Sound(typeof(NamedSteps));

        definition.Steps["again"].Retry!.MaxAttempts.ShouldBe(3);
        definition.Steps["again"].Timeout.ShouldBe(TimeSpan.FromSeconds(9));
        definition.Steps["A"].Retry.ShouldBeNull();
        (await PathAsync<NamedSteps>("")).ShouldBe("A again end");
    }

    private static Task<string> PathAsync<TChain>(string holds, int most = 20)
        where TChain : Chain => OutlineWalk.PathAsync(typeof(TChain), $"{{\"holds\":\"{holds}\"}}", most);

    [Process("if")]
    private sealed class IfElseIf : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .If(X, then => then.Step(B)).ElseIf(Y, then => then.Step(C))
            .Step(D);
    }

    [Process("nested")]
    private sealed class NestedIf : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .If(X, then => then.Step(B).If(Y, yes => yes.Return()).Else(no => no.Step(MayEnd)))
            .Else(no => no.If(Z, yes => yes.Step(C)).Else(last => last.Step(D)));
    }

    [Process("empty-branch")]
    private sealed class EmptyBranch : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .If(X, then => then.If(Y, yes => yes.Step(B)))
            .Else(no => no.Step(C))
            .Step(D);
    }

    [Process("loops")]
    private sealed class Loops : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .While(Twice, body => body.Step(B).While(ThreeC, inner => inner.Step(C)))
            .Step(D);
    }

    [Process("empty-loop")]
    private sealed class EmptyLoop : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A).While(Y, body => body.If(X, then => then.Step(B)));
    }

    [Process("returns")]
    private sealed class Returns : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .If(X, then => then.Return())
            .If(Y, then => then.Return(101, "no stock"))
            .Step(B);
    }

    [Process("begins")]
    private sealed class BeginsWithIf : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.If(X, then => then.Step(B)).Step(D);
    }

    [Process("waits")]
    private sealed class Waits : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .If(X, then => then
                .WaitFor<int>("paid", OnSignal, TimeSpan.FromMinutes(1), OnTimeout)
                .Delay(TimeSpan.FromSeconds(5))
                .Delay(AMinute))
            .Children(TwoChildren, OnChildren);
    }

    [Process("wait")]
    private sealed class WaitOnly : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).WaitFor<int>("paid", OnSignal);
    }

    [Process("child-only")]
    private sealed class OneChildOnly : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Child(OneChild, OnChild);
    }

    [Process("named")]
    private sealed class NamedSteps : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .Step(A, id: "again", retry: RetryPolicy.Fixed(3, TimeSpan.Zero), timeout: TimeSpan.FromSeconds(9));
    }
}

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Outlines with faults, which are found at start-up.</summary>
public sealed class OutlineFaultTests
{
    [Theory]
    [InlineData(typeof(Empty), "its outline is empty")]
    [InlineData(typeof(EmptyBlock), "the block 'X' is empty")]
    [InlineData(typeof(EmptyElse), "the block 'X-else' is empty")]
    [InlineData(typeof(Lambda), "is a lambda or a static method")]
    [InlineData(typeof(LambdaWithId), "the element 'own' is a lambda")]
    [InlineData(typeof(LambdaPredicate), "is a lambda or a static method")]
    [InlineData(typeof(StaticStep), "is a lambda or a static method ('Stat')")]
    [InlineData(typeof(SameStepTwice), "two elements have the id 'A'")]
    [InlineData(typeof(SameIdElsewhere), "two elements have the id 'A'")]
    [InlineData(typeof(Slash), "the id 'a/b' must have 1 to 200 characters and no '/'")]
    [InlineData(typeof(TimeoutWithoutStep), "needs both a timeout and a step")]
    [InlineData(typeof(StepWithoutTimeout), "needs both a timeout and a step")]
    [InlineData(typeof(NoneAtATime), "the children of 'TwoChildren' have the maxConcurrency 0; it must be 1 or more")]
    [InlineData(typeof(ExitCodeOfTheEngine), "exitCode ('99')")]
    [InlineData(typeof(Throws), "I asked a service")]
    public void Outline_WithAFault_NamesIt(Type type, string fault) =>
        OutlineWalk.Faults(type).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            text => text.ShouldStartWith($"{type.Name}: "),
            text => text.ShouldContain(fault));

    [Fact]
    public void Outline_WithAStepThatHasNoTime_IsAFault() =>
        OutlineWalk.Faults(typeof(NoTime)).ShouldHaveSingleItem().ShouldStartWith("NoTime: ");

    [Fact]
    public void Outline_WithManyFaults_NamesThemAll() => OutlineWalk.Faults(typeof(Many)).Count.ShouldBe(4);

    [Process("f")]
    private sealed class NoneAtATime : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Children(TwoChildren, OnChildren, maxConcurrency: 0);
    }

    [Process("f")]
    private sealed class Empty : Chain
    {
        protected override void Define(OutlineBuilder outline)
        {
        }
    }

    [Process("f")]
    private sealed class EmptyBlock : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).If(X, static _ => { });
    }

    [Process("f")]
    private sealed class EmptyElse : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A).If(X, then => then.Step(B)).Else(static _ => { });
    }

    [Process("f")]
    private sealed class Lambda : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(step => B(step));
    }

    [Process("f")]
    private sealed class LambdaWithId : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(step => B(step), id: "own");
    }

    [Process("f")]
    private sealed class LambdaPredicate : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.While(static () => true, body => body.Step(A));
    }

    [Process("f")]
    private sealed class StaticStep : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Stat);

        private static Task Stat(StepContext step) => Task.CompletedTask;
    }

    [Process("f")]
    private sealed class SameStepTwice : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).Step(A);
    }

    [Process("f")]
    private sealed class SameIdElsewhere : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).If(X, then => then.Step(B, id: "A"));
    }

    [Process("f")]
    private sealed class Slash : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, id: "a/b");
    }

    [Process("f")]
    private sealed class TimeoutWithoutStep : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<int>("paid", OnSignal, TimeSpan.FromMinutes(1));
    }

    [Process("f")]
    private sealed class StepWithoutTimeout : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<int>("paid", OnSignal, onTimeout: OnTimeout);
    }

    [Process("f")]
    private sealed class ExitCodeOfTheEngine : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).Return(99, "mine");
    }

    [Process("f")]
    private sealed class Throws : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            throw new InvalidOperationException("I asked a service.");
    }

    [Process("f")]
    private sealed class NoTime : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, timeout: TimeSpan.FromSeconds(-5));
    }

    [Process("f")]
    private sealed class Many : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .Step(A)
            .Step(step => B(step), id: "own")
            .Step(C, id: "")
            .If(X, static _ => { });
    }
}

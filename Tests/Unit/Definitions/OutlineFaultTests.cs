namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Outlines with faults, which are found at start-up.</summary>
public sealed class OutlineFaultTests
{
    private static readonly string[] NullFaults =
    [
        "a step of the outline is null; name an instance method of the class",
        "the predicate of a branch of the outline is null; name an instance method of the class",
        "the predicate of a branch of the outline is null; name an instance method of the class",
        "the block 'X' is null; give a function that fills it",
        "the block 'X-else' is null; give a function that fills it",
        "the predicate of a loop of the outline is null; name an instance method of the class",
        "the block 'Y' is null; give a function that fills it",
        "what gets the signal 'go' of the outline is null; name an instance method of the class",
        "the signal that 'OnSignal' gets has no name; give one of 1 to 200 characters",
        "what gets the signal 'go' of the outline is null; name an instance method of the class",
        "what a delay asks for its time of the outline is null; name an instance method of the class",
        "the id '' must have 1 to 200 characters and no '/'",
        "what makes children of the outline is null; name an instance method of the class",
        "what gets the results of children of the outline is null; name an instance method of the class",
        "what makes children of the outline is null; name an instance method of the class",
        "what a return asks for its exit code of the outline is null; name an instance method of the class",
    ];

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
    [InlineData(typeof(ExitCodeOfTheEngine), "a return of the outline has the exit code 99 and a message; 100 or more")]
    [InlineData(typeof(NoSignal), "the signal that 'OnSignal' gets has no name; give one of 1 to 200 characters")]
    [InlineData(typeof(BadRetry), "the retry policy of the step 'A' is wrong: its delay is -00:00:01 and must be zero")]
    [InlineData(typeof(BadArgument), "its definition cannot be read: TimeSpan overflowed")]
    [InlineData(typeof(Throws), "I asked a service")]
    public void Outline_WithAFault_NamesIt(Type type, string fault) =>
        OutlineWalk.Faults(type).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            text => text.ShouldStartWith($"{type.Name}: "),
            text => text.ShouldContain(fault));

    [Fact]
    public void Outline_WithAStepThatHasNoTime_IsAFault() =>
        OutlineWalk.Faults(typeof(NoTime)).ShouldHaveSingleItem().ShouldStartWith("NoTime: ");

    /// <summary>An argument that is wrong hides nothing of what is behind it.</summary>
    [Fact]
    public void Outline_WithManyWrongArguments_NamesThemAll() =>
        OutlineWalk
            .Faults(typeof(ManyArguments))
            .ShouldBe([
                "ManyArguments: the signal that 'OnSignal' gets has no name; give one of 1 to 200 characters.",
                "ManyArguments: its block 'X' cannot be read: Mine. Mend the argument; what comes "
                + "behind "
                    + "it is not checked yet.",
                "ManyArguments: 'Delay' waits for -00:00:01; it must be zero or more: to wait for ever, wait for a "
                + "signal "
                    + "without a timeout.",
                "ManyArguments: a return of the outline has the exit code 5 and a message; 100 or more and a message "
                + "are "
                    + "needed.",
                "ManyArguments: the retry policy of the step 'A' is wrong: its delay is -00:00:01 and must be zero or "
                + "more.",
                "ManyArguments: the retry policy of the step 'B' is wrong: its maxAttempts is 0 and must be 1 or more.",
            ]);

    /// <summary>Whoever compiles without nullable annotations is told the element, and of all of them.</summary>
    [Fact]
    public void Outline_WithNulls_NamesThemAll() =>
        OutlineWalk
            .Faults(typeof(Nulls))
            .ShouldBe(NullFaults.Select(static text => $"Nulls: {text}."));

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
    private sealed class NoSignal : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).WaitFor<int>("", OnSignal);
    }

    [Process("f")]
    private sealed class BadRetry : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A, retry: RetryPolicy.Fixed(3, TimeSpan.FromSeconds(-1)));
    }

    [Process("f")]
    private sealed class BadArgument : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A).Delay(TimeSpan.FromDays(double.MaxValue));
    }

    [Process("f")]
    private sealed class ManyArguments : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(A, retry: RetryPolicy.Fixed(3, TimeSpan.FromSeconds(-1)))
            .WaitFor<int>("", OnSignal)
            .If(X, static _ => throw new FormatException("Mine."))
            .Step(B, retry: RetryPolicy.Exponential(0))
            .Delay(TimeSpan.FromSeconds(-1))
            .Return(5, "five");
    }

    [Process("f")]
    private sealed class Nulls : Chain
    {
        protected override void Define(OutlineBuilder outline)
        {
            outline.Step(null!).If(null!, static then => then.Step(null!)).ElseIf(null!, static _ => { });
            outline.If(X, null!).Else(null!);
            outline.While(null!, static _ => { }).While(Y, null!);
            outline.WaitFor<int>("go", null!).WaitFor<int>(null!, OnSignal);
            outline.WaitFor("go", (Func<StepContext, Task>)null!);
            outline.Delay(null!).Delay(TimeSpan.Zero, null!);
            outline.Child<Nothing>(null!, null!).Children<Nothing>(null!, OnChildren);
            outline.Return((Func<ExitCode>)null!);
        }
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

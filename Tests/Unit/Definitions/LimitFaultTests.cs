namespace Orleans.Workflows.Unit.Definitions;

/// <summary>
/// Times and names of a definition at the limits: what can be run, and what is a fault at start-up or in its step.
/// </summary>
public sealed class LimitFaultTests
{
    [Theory]
    [InlineData(typeof(LongStep), "the step 'A' has the timeout 49.00:00:00.0000001; 49 days at most are needed")]
    [InlineData(typeof(EndlessStep), "the step 'A' has the timeout 10675199.02:48:05.4775807")]
    [InlineData(typeof(LongMachineStep), "the step 'RunAsync' has the timeout 49.00:00:00.0000001")]
    [InlineData(
        typeof(LongType),
        "its StepTimeout is 10675199.02:48:05.4775807; it must be more than zero and at most 49 days"
    )]
    [InlineData(typeof(EndlessDelay), "'Delay' waits for -00:00:00.0010000; it must be zero or more")]
    [InlineData(typeof(EndlessWait), "'go' waits for -00:00:00.0010000; it must be zero or more")]
    [InlineData(typeof(InfiniteStep), "the step 'A' has the timeout -00:00:00.0010000; it must be more than zero")]
    [InlineData(typeof(InfiniteReceiver), "the step 'go/OnSignal' has the timeout -00:00:00.0010000")]
    [InlineData(typeof(InfiniteMachineStep), "the step 'RunAsync' has the timeout -00:00:00.0010000")]
    [InlineData(typeof(InfiniteType), "its StepTimeout is -00:00:00.0010000; it must be more than zero")]
    [InlineData(typeof(LongStepId), "' must have 1 to 200 characters and no '/'")]
    [InlineData(typeof(LongTypeName), "201 characters")]
    [InlineData(typeof(LongSignal), "a signal with a name of 201 characters that nobody can send")]
    [InlineData(typeof(HalfSignal), "a signal with a name of 1 characters that nobody can send")]
    public void Definition_BeyondALimit_IsAFault(Type type, string fault) =>
        OutlineWalk.Faults(type).ShouldHaveSingleItem().ShouldContain(fault);

    [Theory]
    [InlineData(typeof(LongestStep))]
    [InlineData(typeof(LongestMachineStep))]
    [InlineData(typeof(LongestType))]
    [InlineData(typeof(NoDelay))]
    [InlineData(typeof(LongestSignal))]
    [InlineData(typeof(LongestStepIds))]
    [InlineData(typeof(LongestTypeName))]
    [InlineData(typeof(LongTypeNameButOne))]
    public void Definition_AtALimit_IsMade(Type type) => OutlineWalk.Sound(type).Class.ShouldBe(type);

    [Fact]
    public async Task Delay_ThatIsInfinite_FailsItsStep() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                OutlineWalk.PathAsync(typeof(ComputedDelay), """{"holds":"infinite"}"""))
        ).Message.ShouldContain("is infinite");

    [Fact]
    public async Task Delay_ThatIsOver_IsNone() =>
        (await OutlineWalk.PathAsync(typeof(ComputedDelay))).ShouldBe("A [-00:00:05] Pause end");

    private const string TenLetters = "abcdefghij";

    private const string FortyLetters = TenLetters + TenLetters + TenLetters + TenLetters;

    private const string FiftyLetters = FortyLetters + TenLetters;

    private const string Longest = FiftyLetters + FiftyLetters + FiftyLetters + FiftyLetters;

    private static TimeSpan Most => WorkflowLimits.MaxStepTimeout;

    private static TimeSpan More => WorkflowLimits.MaxStepTimeout + TimeSpan.FromTicks(1);

    [Process("f")]
    private sealed class LongStep : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, timeout: More);
    }

    [Process("f")]
    private sealed class LongestStep : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A, timeout: Most).Step(B, timeout: Most - TimeSpan.FromTicks(1));
    }

    [Process("f")]
    private sealed class EndlessStep : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, timeout: TimeSpan.MaxValue);
    }

    private abstract class Machine : Process<Letters, Nothing>
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
    }

    [Process("f")]
    private sealed class LongMachineStep : Machine
    {
        protected override void Configure(StepOptionsBuilder steps) =>
            steps.For(nameof(RunAsync), timeout: More);
    }

    [Process("f")]
    private sealed class LongestMachineStep : Machine
    {
        protected override void Configure(StepOptionsBuilder steps) =>
            steps.For(nameof(RunAsync), timeout: Most);
    }

    [Process("f")]
    private sealed class LongType : Machine
    {
        protected override TimeSpan? StepTimeout => TimeSpan.MaxValue;
    }

    [Process("f")]
    private sealed class LongestType : Machine
    {
        protected override TimeSpan? StepTimeout => Most;
    }

    [Process("f")]
    private sealed class EndlessDelay : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Delay(Timeout.InfiniteTimeSpan);
    }

    [Process("f")]
    private sealed class NoDelay : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Delay(TimeSpan.Zero).Delay(TimeSpan.FromTicks(1), "a").Delay(TimeSpan.MaxValue, "b");
    }

    [Process("f")]
    private sealed class EndlessWait : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<int>("go", OnSignal, Timeout.InfiniteTimeSpan, OnTimeout);
    }

    [Process("f")]
    private sealed class InfiniteStep : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, timeout: Timeout.InfiniteTimeSpan);
    }

    [Process("f")]
    private sealed class InfiniteReceiver : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<int>("go", OnSignal, stepTimeout: Timeout.InfiniteTimeSpan);
    }

    [Process("f")]
    private sealed class InfiniteMachineStep : Machine
    {
        protected override void Configure(StepOptionsBuilder steps) =>
            steps.For(nameof(RunAsync), timeout: Timeout.InfiniteTimeSpan);
    }

    [Process("f")]
    private sealed class InfiniteType : Machine
    {
        protected override TimeSpan? StepTimeout => Timeout.InfiniteTimeSpan;
    }

    [Process("f")]
    private sealed class LongStepId : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A, id: Longest + "1");
    }

    [Process("f")]
    private sealed class LongestStepIds : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A, id: Longest).Step(B, id: Longest[1..]);
    }

    [Process(Longest + "1")]
    private sealed class LongTypeName : Machine;

    [Process(Longest)]
    private sealed class LongestTypeName : Machine;

    [Process(FiftyLetters + FiftyLetters + FiftyLetters + FortyLetters + "123456789")]
    private sealed class LongTypeNameButOne : Machine;

    [Process("f")]
    private sealed class LongSignal : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<int>(new string('x', WorkflowLimits.MaxSignalNameLength + 1), OnSignal, id: "wait");
    }

    [Process("f")]
    private sealed class LongestSignal : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline
                .WaitFor<int>(new string('x', WorkflowLimits.MaxSignalNameLength), OnSignal)
                .WaitFor(new string('x', WorkflowLimits.MaxSignalNameLength - 1), A);
    }

    [Process("f")]
    private sealed class HalfSignal : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.WaitFor<int>("\ud800", OnSignal, id: "wait");
    }

    [Process("f")]
    private sealed class ComputedDelay : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A).Delay(Pause);

        private TimeSpan Pause() => Input.Holds == "infinite" ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(-5);
    }
}

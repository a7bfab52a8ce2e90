using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Step machines: which methods are steps, and what they return.</summary>
public sealed class StepMachineTests
{
    [Fact]
    public void Machine_FindsItsStepsByTheirShape() =>
        OutlineWalk
            .Sound(typeof(Greeter))
            .Steps.Keys.Order(StringComparer.Ordinal)
            .ShouldBe(["Inherited", "OnAnswer", "OnChildren", "OnTimeout", "RunAsync", "Second"]);

    [Fact]
    public async Task Machine_BeginsWithRunAsync()
    {
        var definition = OutlineWalk.Sound(typeof(Greeter));
        definition.First.ShouldBe("RunAsync");

        var (directive, context) = await OutlineWalk.RunAsync(definition, "RunAsync", """{"holds":"n"}""");

        directive.ShouldBe(new Directive.Next("Second", new RawJson("3"u8.ToArray())));
        context.ShouldBeNull();
    }

    [Theory]
    [InlineData("s", "AwaitSignal { Name = answer, Then = OnAnswer, Timeout = 00:01:00, OnTimeout = OnTimeout }")]
    [InlineData("w", "AwaitSignal { Name = answer, Then = OnTimeout, Timeout = , OnTimeout =  }")]
    [InlineData("v", "AwaitSignal { Name = answer, Then = Inherited, Timeout = 00:01:00, OnTimeout = OnTimeout }")]
    [InlineData("d", "AwaitTime { Delay = 00:01:00, Then = OnTimeout }")]
    [InlineData("o", "AwaitTime { Delay = -00:00:05, Then = OnTimeout }")]
    [InlineData("e", "exit 100")]
    public async Task Step_ReturnsWhatComesNext(string holds, string next)
    {
        var (directive, _) = await OutlineWalk.RunAsync(
            OutlineWalk.Sound(typeof(Greeter)),
            "RunAsync",
            $"{{\"holds\":\"{holds}\"}}");

        (directive is Directive.End end ? $"exit {end.ExitCode}" : directive.ToString()).ShouldBe(next);
    }

    /// <summary>A wait that would be over at once is no wait for ever.</summary>
    [Theory]
    [InlineData("infinite delay")]
    [InlineData("infinite wait")]
    [InlineData("infinite wait for nothing")]
    public async Task Step_ThatWaitsForAnInfiniteTime_Fails(string holds) =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Greeter)), "RunAsync", $"{{\"holds\":\"{holds}\"}}"))
        ).Message.ShouldBe(
            "The time of the wait behind the step 'RunAsync' is infinite: "
            + "to wait for ever, wait for a signal without a timeout.");

    [Theory]
    [InlineData("no next", "step")]
    [InlineData("no then", "then")]
    [InlineData("no step in time", "onTimeout")]
    [InlineData("no children's step", "then")]
    public async Task Step_ThatNamesNoStep_FailsWithTheParameter(string holds, string parameter) =>
        (
            await Should.ThrowAsync<ArgumentNullException>(() =>
                OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Greeter)), "RunAsync", $"{{\"holds\":\"{holds}\"}}"))
        ).ParamName.ShouldBe(parameter);

    [Fact]
    public async Task Step_WithAnArgument_GetsIt()
    {
        var (directive, _) = await OutlineWalk.RunAsync(
            OutlineWalk.Sound(typeof(Greeter)),
            "Second",
            args: new RawJson("4"u8.ToArray()));

        directive.ShouldBeOfType<Directive.End>().ExitCode.ShouldBe(104);
    }

    [Fact]
    public async Task Step_WithAnArgumentOfAnotherType_IsUnreadable() =>
        (
            await Should.ThrowAsync<UnreadablePayloadException>(() =>
                OutlineWalk.RunAsync(
                    OutlineWalk.Sound(typeof(Greeter)),
                    "Second",
                    args: new RawJson("\"x\""u8.ToArray())))
        ).Message.ShouldContain("argument of step 'Second'");

    [Fact]
    public async Task Step_ThatGetsChildren_GetsTheirResults()
    {
        var (directive, _) = await OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Greeter)), "OnChildren");

        directive.ShouldBeOfType<Directive.End>().ExitCode.ShouldBe(102);
    }

    [Fact]
    public async Task Next_OfALambda_IsRefused() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Greeter)), "RunAsync", """{"holds":"l"}"""))
        ).Message.ShouldContain("is no step");

    [Fact]
    public async Task N25_Finish_WithAnOutputThatIsNotValid_HasTheEnginesCodeAndTheReason()
    {
        var (directive, _) = await OutlineWalk.RunAsync(
            OutlineWalk.Sound(typeof(Greeter)),
            "RunAsync",
            """{"holds":"f"}""");

        var end = directive.ShouldBeOfType<Directive.End>();
        end.ExitCode.ShouldBe(EngineExitCodes.OutputsInvalid);
        end.Message.ShouldBe("outputs.text: The Text field is required.");
        end.Failure.ShouldNotBeNull();
    }

    [Fact]
    public void Configure_GivesStepsTheirOptions()
    {
        var step = OutlineWalk.Sound(typeof(Greeter)).Steps["Second"];

        step.Retry!.MaxAttempts.ShouldBe(4);
        step.Timeout.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Configure_OfAnUnknownStep_IsAFault() =>
        OutlineWalk
            .Faults(typeof(ConfiguresTooMuch))
            .ShouldBe(["ConfiguresTooMuch: Configure names the step 'Third', which does not exist."]);

    [Fact]
    public void Configure_ThatThrows_IsAFaultThatSaysWhy() =>
        OutlineWalk.Faults(typeof(ConfigureThrows)).ShouldHaveSingleItem().ShouldContain("I asked a service.");

    [Fact]
    public void Steps_OfOneName_AreAFault() =>
        OutlineWalk
            .Faults(typeof(Overloads))
            .ShouldContain("Overloads: two steps have the id 'Second'; give one of the methods another name.");

    [Fact]
    public async Task Step_ThatIsPrivateInABaseClass_IsFoundAndRuns()
    {
        var (directive, _) = await OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Derived)), "Hidden");

        directive.ShouldBeOfType<Directive.End>().ExitCode.ShouldBe(100);
    }

    [Fact]
    public async Task Step_ThatIsOverridden_RunsAsTheInstanceHasIt()
    {
        var (directive, _) = await OutlineWalk.RunAsync(OutlineWalk.Sound(typeof(Overrides)), "Shared");

        directive.ShouldBeOfType<Directive.End>().ExitCode.ShouldBe(107);
    }

    public sealed record Greeting([property: System.ComponentModel.DataAnnotations.Required] string? Text);

    public abstract class Greets : Process<Letters, Greeting>
    {
        protected Task<StepResult> Inherited(StepContext step) => Task.FromResult(Exit(100, Input.Holds));
    }

    [Process("greeter")]
    private sealed class Greeter : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Input.Holds switch
        {
            "n" => Next(Second, 3),
            "s" => WaitFor<string>("answer", OnAnswer, TimeSpan.FromMinutes(1), OnTimeout),
            "w" => WaitFor("answer", OnTimeout),
            "v" => WaitFor("answer", Inherited, TimeSpan.FromMinutes(1), OnTimeout),
            "d" => Delay(TimeSpan.FromMinutes(1), OnTimeout),
            "o" => Delay(TimeSpan.FromSeconds(-5), OnTimeout),
            "infinite delay" => Delay(Timeout.InfiniteTimeSpan, OnTimeout),
            "infinite wait" => WaitFor<string>("answer", OnAnswer, Timeout.InfiniteTimeSpan, OnTimeout),
            "infinite wait for nothing" => WaitFor("answer", Inherited, Timeout.InfiniteTimeSpan, OnTimeout),
            "no next" => Next(null!),
            "no then" => WaitFor("answer", null!),
            "no step in time" => WaitFor<string>("answer", OnAnswer, TimeSpan.Zero, null!),
            "no children's step" => StartChildren<Greeting>([], null!),
            "l" => Next(static _ => Task.FromResult(Exit(100, "lambda"))),
            "f" => Finish(new Greeting(null)),
            _ => Exit(100, "unknown"),
        });

        protected override void Configure(StepOptionsBuilder steps) =>
            steps.For(nameof(Second), RetryPolicy.Exponential(4), TimeSpan.FromSeconds(2));

        private Task<StepResult> Second(StepContext step, int number) => Task.FromResult(Exit(100 + number, "second"));

        private Task<StepResult> OnAnswer(StepContext step, string answer) => Task.FromResult(Exit(100, answer));

        private Task<StepResult> OnTimeout(StepContext step) =>
            Task.FromResult(Finish(new Greeting($"{Helper(step, 1, 2)} {Generic<int>(step)}")));

        private Task<StepResult> OnChildren(StepContext step, IReadOnlyList<ChildResult<Greeting>> children) =>
            Task.FromResult(Exit(100 + children.Count, Input.Holds));

        private Task<StepResult> Generic<T>(StepContext step) =>
            Task.FromResult(Exit(100, $"{typeof(T)} {Input.Holds}"));

        private Task<StepResult> Helper(StepContext step, int one, int two) =>
            Task.FromResult(Exit(100 + one + two, Input.Holds));
    }

    [Process("f")]
    private sealed class ConfiguresTooMuch : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Inherited(step);

        protected override void Configure(StepOptionsBuilder steps) => steps.For("RunAsync").For("Third");
    }

    [Process("f")]
    private sealed class ConfigureThrows : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Inherited(step);

        protected override void Configure(StepOptionsBuilder steps) =>
            throw new InvalidOperationException("I asked a service.");
    }

    [Process("f")]
    private sealed class Overloads : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Second(step);

        private Task<StepResult> Second(StepContext step) => Second(step, 1);

        private Task<StepResult> Second(StepContext step, int number) =>
            Task.FromResult(Exit(100 + number, Input.Holds));
    }

    private abstract class WithHidden : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Next(Hidden));

        private Task<StepResult> Hidden(StepContext step) => Task.FromResult(Exit(100, Input.Holds));
    }

    [Process("f")]
    private sealed class Derived : WithHidden;

    private abstract class WithShared : Greets
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Next(Shared));

        protected virtual Task<StepResult> Shared(StepContext step) => Task.FromResult(Exit(100, Input.Holds));
    }

    [Process("f")]
    private sealed class Overrides : WithShared
    {
        protected override Task<StepResult> Shared(StepContext step) => Task.FromResult(Exit(107, Input.Holds));
    }
}

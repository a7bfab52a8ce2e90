using System.Text;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>The input is the same for everybody: what a step changes in it, nobody else sees.</summary>
public sealed class InputChangeTests
{
    [Fact]
    public async Task If_AfterAStepThatChangedTheInput_AsksOfTheStoredOne() =>
        (await OutlineWalk.PathAsync(typeof(Asking))).ShouldBe("Mark IsMarked-else/Clean end");

    [Fact]
    public async Task Delay_AfterAStepThatChangedTheInput_IsThatOfTheStoredOne() =>
        (await OutlineWalk.PathAsync(typeof(Delaying))).ShouldBe("Mark [00:01:00] ByMarks end");

    [Fact]
    public async Task Return_AfterAStepThatChangedTheInput_SaysTheStoredOne() =>
        (await EndAsync(typeof(Returning))).Message.ShouldBe("1 marks.");

    [Fact]
    public async Task CreateOutput_AfterAStepThatChangedTheInput_IsOfTheStoredOne()
    {
        var end = await EndAsync(typeof(Creating));

        Encoding.UTF8.GetString(end.Output.ShouldNotBeNull().Utf8).ShouldBe("""{"count":1}""");
    }

    [Fact]
    public async Task Step_SeesItsOwnChange_AndNotThatOfTheOneBefore() =>
        (await OutlineWalk.PathAsync(typeof(Twice))).ShouldBe("Mark Again end");

    [Fact]
    public async Task Input_ThatNobodyAsksForAgain_IsNotReadAgain()
    {
        var definition = OutlineWalk.Sound(typeof(Leaving));
        await OutlineWalk.RunAsync(definition, "Nothing", """{"marks":["a"]}""");
        Given.Made = 0;

        await OutlineWalk.RunAsync(definition, "Nothing", """{"marks":["a"]}""");

        Given.Made.ShouldBe(1);
    }

    private static async Task<Directive.End> EndAsync(Type type) =>
        (await OutlineWalk.RunAsync(OutlineWalk.Sound(type), "Mark")).Directive.ShouldBeOfType<Directive.End>();

    private sealed record Given
    {
        /// <summary>How many there are of this test: its steps are done when they return.</summary>
        [ThreadStatic]
        public static int Made;

        public Given() => Made++;

        public List<string> Marks { get; init; } = ["one"];
    }

    private sealed record Counted(int? Count = null);

    private abstract class Marking : WorkChain<Given, Counted, Trail>
    {
        protected Task Mark(StepContext step)
        {
            Input.Marks.Add("two");
            return Task.CompletedTask;
        }
    }

    [Process("asking")]
    private sealed class Asking : Marking
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(Mark).If(IsMarked, then => then.Step(Dirty)).Else(other => other.Step(Clean));

        private bool IsMarked() => Input.Marks.Count > 1;

        private Task Dirty(StepContext step) => Task.CompletedTask;

        private Task Clean(StepContext step) => Task.CompletedTask;
    }

    [Process("delaying")]
    private sealed class Delaying : Marking
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Mark).Delay(ByMarks);

        private TimeSpan ByMarks() => TimeSpan.FromMinutes(Input.Marks.Count);
    }

    [Process("returning")]
    private sealed class Returning : Marking
    {
        public static readonly ExitCode Marked = new(450, "MARKED", "{marks} marks.");

        protected override void Define(OutlineBuilder outline) => outline.Step(Mark).Return(ByMarks);

        private ExitCode ByMarks() => Marked.With(("marks", Input.Marks.Count));
    }

    [Process("creating")]
    private sealed class Creating : Marking
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Mark);

        protected override Counted CreateOutput() => new(Input.Marks.Count);
    }

    [Process("twice")]
    private sealed class Twice : Marking
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Mark).Step(Again);

        private Task Again(StepContext step)
        {
            Input.Marks.Add("mine");
            Input.Marks.ShouldBe(["one", "mine"]);
            return Task.CompletedTask;
        }
    }

    [Process("leaving")]
    private sealed class Leaving : Marking
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Nothing);

        private Task Nothing(StepContext step)
        {
            Input.Marks.Count.ShouldBe(1);
            return Task.CompletedTask;
        }
    }
}

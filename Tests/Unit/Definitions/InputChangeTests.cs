using System.Text;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>The input is the same for everybody: what a step changes in it, nobody else sees.</summary>
public sealed class InputChangeTests
{
    [Theory]
    [InlineData(typeof(Asking), "Mark IsMarked-else/Clean end")]
    [InlineData(typeof(AskingTwice), "Mark IsWhole/Clean end")]
    [InlineData(typeof(Looping), "Mark Clean end")]
    [InlineData(typeof(Staying), "Mark IsWhole/Again IsWhole/Again IsWhole/Again")]
    [InlineData(typeof(Delaying), "Mark [00:01:00] ByMarks end")]
    public async Task Outline_AfterAStepThatChangedTheInput_AsksOfTheStoredOne(Type type, string path) =>
        (await OutlineWalk.PathAsync(type, most: 4)).ShouldBe(path);

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

        protected bool IsMarked() => Input.Marks.Count > 1;

        protected bool IsWhole() => Input.Marks.Count == 1;

        protected Task Dirty(StepContext step) => DoneAsync("dirty");

        protected Task Clean(StepContext step) => DoneAsync("clean");

        private Task DoneAsync(string what)
        {
            Context.Done += what;
            return Task.CompletedTask;
        }
    }

    [Process("asking")]
    private sealed class Asking : Marking
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(Mark).If(IsMarked, then => then.Step(Dirty)).Else(other => other.Step(Clean));
    }

    [Process("asking-twice")]
    private sealed class AskingTwice : Marking
    {
        protected override void Define(OutlineBuilder outline) => outline
            .Step(Mark)
            .If(IsMarked, then => then.Step(Dirty))
            .ElseIf(IsWhole, then => then.Step(Clean))
            .Else(other => other.Step(Dirty, id: "neither"));
    }

    [Process("looping")]
    private sealed class Looping : Marking
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(Mark).While(IsMarked, body => body.Step(Dirty)).Step(Clean);
    }

    /// <summary>Asked again behind a step of the body, too.</summary>
    [Process("staying")]
    private sealed class Staying : Marking
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.Step(Mark).While(IsWhole, body => body.Step(Mark, id: "Again")).Step(Clean);
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

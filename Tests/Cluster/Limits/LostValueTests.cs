namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// Values that no type says are lost: found before the commit in a test cluster, lost where nobody looks.
/// </summary>
public sealed class LostValueTests
{
    private static readonly ProcessType<Lossy, Lossy> Type = new("test/lossy");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("context", "Notes.Names has the comparer OrdinalIgnoreCaseComparer")]
    [InlineData("argument", "Notes.Names has the comparer")]
    [InlineData("output", "Lossy.Names has the comparer")]
    [InlineData("emitted output", "has the comparer")]
    [InlineData("input of a child", "Lossy.Names has the comparer")]
    [InlineData("derived object", "A Special is in the place of a Thing")]
    public async Task Value_ThatWouldBeLost_FailsItsStepInATestCluster(string place, string fault)
    {
        await using var cluster = await TestCluster.StartAsync(add: static workflows =>
            workflows.AddProcess<LossyChain>().AddProcess<LossyMachine>());
        var type = place == "argument" ? new ProcessType<Lossy, Lossy>("test/lossy-machine") : Type;

        var outcome = await (
            await cluster.Client.StartAsync(type, new Lossy { Place = place }, cancellationToken: Cancel)
        ).WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<PayloadException>().ShouldBeTrue();
        outcome.Message.ShouldNotBeNull().ShouldContain(fault);
    }

    [Theory]
    [InlineData("context", ProcessState.Finished)]
    [InlineData("derived object", ProcessState.Excepted)]
    public async Task Value_WhereNobodyReadsBack_IsStoredUnlessItsTypeShowsTheLoss(string place, ProcessState end)
    {
        await using var cluster = await TestCluster.StartAsync(
            configure: static options => options.ReadValuesBack = false,
            add: static workflows => workflows.AddProcess<LossyChain>());

        (
            await (
                await cluster.Client.StartAsync(Type, new Lossy { Place = place }, cancellationToken: Cancel)
            ).WaitAsync(Cancel)
        ).State.ShouldBe(end);
    }

    [Fact]
    public async Task Definition_WhoseTypesLoseValues_DoesNotStart()
    {
        var error = await Should.ThrowAsync<InvalidDefinitionsException>(() =>
            TestCluster.StartAsync(add: static workflows => workflows.AddProcess<Tupling>()));

        error
            .Faults.ShouldHaveSingleItem()
            .ShouldBe(
                "Tupling: Tupled.Pair is a value tuple (int, int), whose parts are fields, and fields are not stored; "
                + "make a record of it.");
    }

    public sealed record Lossy
    {
        public string Place { get; init; } = "";

        public HashSet<string> Names { get; init; } = [];
    }

    public class Thing;

    public sealed class Special : Thing
    {
        public int Count { get; set; } = 1;
    }

    public sealed class Notes
    {
        public HashSet<string> Names { get; set; } = [];

        public Thing? Thing { get; set; }

        public ChildResult<Lossy>? Child { get; set; }
    }

    public sealed class Tupled
    {
        public (int, int) Pair { get; set; }
    }

    [Process("test/lossy")]
    public sealed class LossyChain : WorkChain<Lossy, Lossy, Notes>
    {
        private static HashSet<string> Loose => new(StringComparer.OrdinalIgnoreCase) { "a" };

        protected override void Define(OutlineBuilder outline) => outline.Step(Keep);

        protected override Lossy? CreateOutput() => Input.Place == "output" ? new Lossy { Names = Loose } : null;

        private Task Keep(StepContext step)
        {
            switch (Input.Place)
            {
                case "context":
                    Context.Names = Loose;
                    break;
                case "derived object":
                    Context.Thing = new Special();
                    break;
                case "emitted output":
                    Emit(static output => output.Names, Loose);
                    break;
                case "input of a child":
                    ToContext(static context => context.Child, Type.Child(new Lossy { Names = Loose }));
                    break;
                default:
                    break;
            }

            return Task.CompletedTask;
        }
    }

    [Process("test/lossy-machine")]
    public sealed class LossyMachine : Process<Lossy, Lossy>
    {
        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(Next(Take, new Notes { Names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) }));

        private Task<StepResult> Take(StepContext step, Notes notes) => Task.FromResult(Finish());
    }

    [Process("test/tupling")]
    public sealed class Tupling : WorkChain<Lossy, Lossy, Tupled>
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Look);

        private Task Look(StepContext step) => Task.CompletedTask;
    }
}

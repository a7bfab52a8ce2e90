using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Has a child that fails, or one with many tags.</summary>
[Process("test/parent-of-throwing")]
public sealed class ParentOfThrowing : WorkChain<HelloInput, HelloOutput, ParentOfThrowing.Progress>
{
    public static ProcessType<HelloInput, HelloOutput> Type { get; } = new("test/parent-of-throwing");

    protected override void Define(OutlineBuilder outline) => outline.Step(StartChild);

    protected override HelloOutput CreateOutput() => new($"{Context.Child!.Outcome.Message?.Length}");

    private Task StartChild(StepContext step)
    {
        ToContext(
            static context => context.Child,
            ThrowingChain.Type.Child(new HelloInput(Input.Name)) with
            {
                Tags = Enumerable
                    .Range(0, Input.Name == "tags" ? Input.Steps : 0)
                    .ToDictionary(static number => $"{number}", static _ => "x"),
            });
        return Task.CompletedTask;
    }

    public sealed class Progress
    {
        public ChildResult<HelloOutput>? Child { get; set; }
    }
}

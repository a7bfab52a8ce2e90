using Orleans.Workflows.Cluster.Edge;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Has a child that fails, or one with what is long.</summary>
[Process("test/parent-of-throwing")]
public sealed class ParentOfThrowing : WorkChain<HelloInput, HelloOutput, ParentOfThrowing.Progress>
{
    public static ProcessType<HelloInput, HelloOutput> Type { get; } = new("test/parent-of-throwing");

    protected override void Define(OutlineBuilder outline) => outline.Step(StartChild);

    protected override HelloOutput CreateOutput() => new($"{Context.Child!.Outcome.Message?.Length}");

    private Task StartChild(StepContext step)
    {
        ToContext(static context => context.Child, ChildOf(Input.Name, Input.Steps));
        return Task.CompletedTask;
    }

    private static ChildStart<HelloOutput> ChildOf(string what, int length)
    {
        var child = ThrowingChain.Type.Child(new HelloInput(what));
        return what switch
        {
            "tags" => child with { Tags = Raw.Tags(length) },
            "key" => child with { Tags = new Dictionary<string, string> { [new string('x', length)] = "x" } },
            "value" => child with { Tags = new Dictionary<string, string> { ["x"] = new string('x', length) } },
            "id" => child with { Id = ProcessId.Parse($"{Guid.NewGuid():N}".PadRight(length, 'x')) },
            "type" => new ProcessType<HelloInput, HelloOutput>((LongName.Name + "ef")[..length])
                .Child(new HelloInput(what)),
            _ => child,
        };
    }

    public sealed class Progress
    {
        public ChildResult<HelloOutput>? Child { get; set; }
    }
}

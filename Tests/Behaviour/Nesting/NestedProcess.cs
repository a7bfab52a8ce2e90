namespace Orleans.Workflows.Behaviour.Nesting;

/// <summary>Starts one process of its own type, which starts one.</summary>
[Process("behaviour/nested")]
public sealed class NestedProcess : Process<NestedInput, NestedOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<NestedInput, NestedOutput> Type = new("behaviour/nested");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(
        Input.Levels > 0 ? StartChildren([Type.Child(Input with { Levels = Input.Levels - 1 }, IdBelow())], Together)
        : Input.Waits ? WaitFor<string>("never", Got)
        : Finish(new NestedOutput(0, step.IdempotencyKey.Length)));

    private ProcessId? IdBelow() => Input.Given is { } start ? ProcessId.Parse($"{start}-{Input.Levels - 1}") : null;

    private Task<StepResult> Together(StepContext step, IReadOnlyList<ChildResult<NestedOutput>> children)
    {
        var (below, longest) = children[0].Output;
        return Task.FromResult(Finish(new NestedOutput(below + 1, Math.Max(longest, step.IdempotencyKey.Length))));
    }

    private Task<StepResult> Got(StepContext step, string value) => Task.FromResult(Finish(new NestedOutput(0, 0)));
}

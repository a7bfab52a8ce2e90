using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>An element that says at once what to do: a step, a wait, children, a return.</summary>
internal sealed class LeafInstruction(OutlineElement element, Func<Process, Directive> enter) : Instruction
{
    /// <summary>
    /// The step that it schedules; null when it does something else. An outline that begins with a step needs no step
    /// to begin.
    /// </summary>
    public StepNode? Step { get; set; }

    /// <inheritdoc/>
    public override Directive Enter(Process process) => enter(process);

    /// <inheritdoc/>
    public override OutlineElement Describe() => element;
}

using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A block that is repeated while its predicate holds.</summary>
internal sealed class WhileInstruction(string id, Func<Process, bool> holds) : Instruction
{
    /// <summary>The block.</summary>
    public Block Body { get; private set; } = null!;

    /// <summary>Makes the block.</summary>
    public Block MakeBody() => Body = new Block(this);

    /// <inheritdoc/>
    public override Directive? Enter(Process process)
    {
        if (!holds(process))
        {
            return null;
        }

        return Body.EnterFrom(0, process)
            ?? (
                holds(process)
                    ? throw new InvalidOperationException(
                        $"The loop '{id}' would never end: its predicate holds, and nothing in its body can run to "
                        + "change that. Put a step into it that always runs.")
                    : null);
    }

    /// <inheritdoc/>
    public override OutlineElement Describe() =>
        new()
        {
            Kind = OutlineElementKind.While,
            Id = id,
            Blocks = [new OutlineBlock(id, Body.Describe())],
        };

    /// <inheritdoc/>
    public override Directive? AfterBlock(Process process) => Enter(process) ?? Leave(process);
}

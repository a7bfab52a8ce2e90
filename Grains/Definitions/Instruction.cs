using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>One element of an outline.</summary>
internal abstract class Instruction
{
    /// <summary>The block that it is in.</summary>
    public Block? Parent { get; set; }

    /// <summary>Its place in the block.</summary>
    public int Index { get; set; }

    /// <summary>Finds the first thing to do when the outline comes to this element.</summary>
    /// <returns>What to do; null when there is nothing to do here.</returns>
    public abstract Directive? Enter(Process process);

    /// <summary>Describes the element, for those who inspect the definition.</summary>
    public abstract OutlineElement Describe();

    /// <summary>Finds the next thing to do when this element is done.</summary>
    /// <returns>What to do; null at the outline's end.</returns>
    public Directive? Leave(Process process)
    {
        var next = Parent!.EnterFrom(Index + 1, process);
        return next ?? Parent.Owner?.AfterBlock(process);
    }

    /// <summary>Finds the next thing to do when a block of this element is done.</summary>
    /// <returns>What to do; null at the outline's end.</returns>
    public virtual Directive? AfterBlock(Process process) => Leave(process);
}

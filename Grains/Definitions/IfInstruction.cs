using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>The first branch whose predicate holds.</summary>
internal sealed class IfInstruction : Instruction
{
    private readonly List<(Func<Process, bool> Holds, Block Block)> _branches = [];

    /// <summary>Adds a branch.</summary>
    /// <param name="holds">Its predicate.</param>
    /// <returns>Its block.</returns>
    public Block Branch(Func<Process, bool> holds)
    {
        var block = new Block(this);
        _branches.Add((holds, block));
        return block;
    }

    /// <inheritdoc/>
    public override Directive? Enter(Process process)
    {
        foreach (var (holds, block) in _branches)
        {
            if (holds(process))
            {
                return block.EnterFrom(0, process);
            }
        }

        return null;
    }
}

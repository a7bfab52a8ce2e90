using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>The first branch whose predicate holds.</summary>
internal sealed class IfInstruction : Instruction
{
    private readonly List<(string? Id, Func<Process, bool> Holds, Block Block)> _branches = [];

    /// <summary>Adds a branch.</summary>
    /// <param name="id">The predicate's id; null for an else.</param>
    /// <param name="holds">Its predicate.</param>
    public Block Branch(string? id, Func<Process, bool> holds)
    {
        var block = new Block(this);
        _branches.Add((id, holds, block));
        return block;
    }

    /// <inheritdoc/>
    public override Directive? Enter(Process process)
    {
        foreach (var (_, holds, block) in _branches)
        {
            if (holds(process))
            {
                return block.EnterFrom(0, process);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override OutlineElement Describe() => new()
    {
        Kind = OutlineElementKind.If,
        Id = _branches[0].Id ?? "",
        Blocks = [.. _branches.Select(static branch => new OutlineBlock(branch.Id, branch.Block.Describe()))],
    };
}

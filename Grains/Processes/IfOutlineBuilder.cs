using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows;

/// <summary>An outline right after an if: the place for else-if and else.</summary>
public sealed class IfOutlineBuilder : OutlineBuilder
{
    private readonly OutlineDraft _draft;
    private readonly IfInstruction _instruction;
    private string _first = "";

    internal IfOutlineBuilder(OutlineDraft draft, Block block, string path, IfInstruction instruction)
        : base(draft, block, path)
    {
        _draft = draft;
        _instruction = instruction;
    }

    /// <summary>Runs a block if no predicate before held and this one does.</summary>
    /// <param name="predicate">A method of the class.</param>
    /// <param name="then">The block.</param>
    /// <param name="id">The branch's id; null for the method's name.</param>
    /// <returns>This, for an else or the next element.</returns>
    public IfOutlineBuilder ElseIf(Func<bool> predicate, Action<OutlineBuilder> then, string? id = null)
    {
        Branch(predicate, then, id);
        return this;
    }

    /// <summary>Runs a block if no predicate before held.</summary>
    /// <param name="then">The block.</param>
    /// <returns>The outline, for the next element.</returns>
    public OutlineBuilder Else(Action<OutlineBuilder> then)
    {
        Fill(_instruction.Branch(id: null, static _ => true), $"{_first}-else", then);
        return this;
    }

    internal void Branch(Func<bool> predicate, Action<OutlineBuilder> then, string? given)
    {
        if (!_draft.IsNamed(predicate, "the predicate of a branch"))
        {
            _instruction.Branch(given, static _ => false);
            return;
        }

        var id = _draft.Claim(predicate, given);
        _first = _first.Length == 0 ? id : _first;
        Fill(_instruction.Branch(id, Ask(predicate)), id, then);
    }
}

using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Elements of an outline that follow one another.</summary>
/// <param name="owner">The element that the block belongs to; null for the outline itself.</param>
internal sealed class Block(Instruction? owner)
{
    private readonly List<Instruction> _instructions = [];

    /// <summary>The element that the block belongs to.</summary>
    public Instruction? Owner { get; } = owner;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _instructions.Count == 0;

    /// <summary>The first element; null when there is none.</summary>
    public Instruction? First => _instructions.FirstOrDefault();

    /// <summary>Adds an element at the end.</summary>
    public void Add(Instruction instruction)
    {
        instruction.Parent = this;
        instruction.Index = _instructions.Count;
        _instructions.Add(instruction);
    }

    /// <summary>Describes the elements.</summary>
    /// <returns>The descriptions, in order.</returns>
    public IReadOnlyList<OutlineElement> Describe() =>
        [.. _instructions.Select(static instruction => instruction.Describe())];

    /// <summary>Finds the first thing to do from an element on.</summary>
    /// <returns>What to do; null when there is nothing to do in the rest of the block.</returns>
    public Directive? EnterFrom(int index, Process process)
    {
        for (var i = index; i < _instructions.Count; i++)
        {
            if (_instructions[i].Enter(process) is { } directive)
            {
                return directive;
            }
        }

        return null;
    }
}

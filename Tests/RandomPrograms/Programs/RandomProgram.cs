namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>
/// A program as data: what a process does, and what the outside does to it. The input of the interpreters.
/// </summary>
public sealed record RandomProgram
{
    /// <summary>How it is interpreted.</summary>
    public ProgramShape Shape { get; init; }

    /// <summary>How it is launched, as a root.</summary>
    public StartMode Start { get; init; }

    /// <summary>The instructions, one after the other.</summary>
    public IReadOnlyList<Instruction> Instructions { get; init; } = [];

    /// <summary>What the outside does at points that are not synchronised.</summary>
    public IReadOnlyList<Meddling> Meddlings { get; init; } = [];

    /// <summary>Whether failures are incidents.</summary>
    /// <returns>Whether they are.</returns>
    public bool IsMended() => Shape is ProgramShape.MendedMachine or ProgramShape.MendedChain;

    /// <summary>Whether a work chain interprets it.</summary>
    /// <returns>Whether it does.</returns>
    public bool IsChain() => Shape is ProgramShape.Chain or ProgramShape.MendedChain;

    /// <summary>Whether the outside kills it at a point that is not synchronised.</summary>
    /// <returns>Whether it does.</returns>
    public bool IsRacedByKill() => Meddlings.Any(static meddling => meddling.Act is Act.Kill or Act.Force);

    /// <summary>How many processes it is.</summary>
    /// <returns>Itself and its descendants, those that are never started too.</returns>
    public int Size() =>
        1 + Instructions.SelectMany(static instruction => instruction.Children).Sum(static child => child.Size());
}

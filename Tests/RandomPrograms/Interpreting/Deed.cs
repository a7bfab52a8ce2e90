namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>One line of the outside's ledger.</summary>
/// <param name="Process">Who did it.</param>
/// <param name="Step">The number of its step.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Instruction">The instruction.</param>
/// <param name="IsDone">Whether the attempt came to its end; else it has begun.</param>
public sealed record Deed(string Process, int Step, string Key, int Attempt, int Instruction, bool IsDone);

namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>What an instruction leaves when it has been carried out.</summary>
/// <param name="Instruction">Its place in the program.</param>
/// <param name="Allowed">What it may be; more than one where the outside races.</param>
/// <param name="Group">The group of children whose ends it lists; null for other notes.</param>
public sealed record ExpectedNote(int Instruction, IReadOnlyList<string> Allowed, int? Group)
{
    /// <summary>The name under which a process keeps the note of an instruction.</summary>
    /// <param name="instruction">The instruction's place.</param>
    /// <returns>The name.</returns>
    public static string Key(int instruction) => $"i{instruction}";
}

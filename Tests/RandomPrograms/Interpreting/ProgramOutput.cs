namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>What a program leaves.</summary>
public sealed record ProgramOutput
{
    /// <summary>A note of each instruction that was carried out.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>The context of a work chain that interprets a program.</summary>
public sealed class ChainPlace
{
    /// <summary>The instruction that comes next.</summary>
    public int At { get; set; }

    /// <summary>The notes.</summary>
    public Dictionary<string, string> Notes { get; set; } = [];
}

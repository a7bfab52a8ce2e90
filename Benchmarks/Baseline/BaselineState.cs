namespace Orleans.Workflows.Benchmarks.Baseline;

/// <summary>What the baseline's grain stores after each step: as much as a process's checkpoint and row.</summary>
[GenerateSerializer, Alias("owf.benchmarks.BaselineState")]
public sealed class BaselineState
{
    /// <summary>The number of completed steps.</summary>
    [Id(0)]
    public int Step { get; set; }

    /// <summary>Where it stands.</summary>
    [Id(1)]
    public string Position { get; set; } = "";

    /// <summary>The process type.</summary>
    [Id(2)]
    public string Type { get; set; } = "";

    /// <summary>What is carried from step to step.</summary>
    [Id(3)]
    public string Text { get; set; } = "";
}

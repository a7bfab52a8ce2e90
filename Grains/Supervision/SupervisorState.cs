namespace Orleans.Workflows.Grains.Supervision;

/// <summary>What a supervisor remembers: for operators to see that it does its work.</summary>
[GenerateSerializer, Alias("owf.SupervisorState")]
internal sealed record SupervisorState
{
    /// <summary>The first slice of its part.</summary>
    [Id(0)]
    public int FirstSlice { get; set; }

    /// <summary>The last slice of its part.</summary>
    [Id(1)]
    public int LastSlice { get; set; }

    /// <summary>When its last complete pass began.</summary>
    [Id(2)]
    public DateTimeOffset LastCompleteScan { get; set; }

    /// <summary>How many processes it has woken.</summary>
    [Id(3)]
    public long Woken { get; set; }
}

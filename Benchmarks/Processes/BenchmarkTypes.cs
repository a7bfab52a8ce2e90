namespace Orleans.Workflows.Benchmarks.Processes;

/// <summary>The process types that are measured.</summary>
internal static class BenchmarkTypes
{
    /// <summary>What every process carries from step to step: with it a checkpoint has about 500 bytes.</summary>
    public const int CarriedCharacters = 400;

    /// <summary>As many trivial steps as the input says.</summary>
    public static ProcessType<HelloInput, HelloOutput> Hello { get; } = new("benchmarks/hello");

    /// <summary>One step, a wait for the signal 'go', one step.</summary>
    public static ProcessType<WaitsInput, WaitsOutput> Waits { get; } = new("benchmarks/waits");

    /// <summary>One step, a wait for a time, one step.</summary>
    public static ProcessType<RingsInput, RingsOutput> Rings { get; } = new("benchmarks/rings");

    /// <summary>Starts children of one step, and adds up what they did.</summary>
    public static ProcessType<BringsInput, BringsOutput> Brings { get; } = new("benchmarks/brings");

    /// <summary>The text that is carried.</summary>
    public static string Carried { get; } = string.Concat(Enumerable.Repeat("0123456789", CarriedCharacters / 10));
}

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>One run of a client. Bounded in count and in time.</summary>
/// <param name="Kind">What is done with each process.</param>
/// <param name="Prefix">How the ids begin; the index follows.</param>
/// <param name="Count">How many processes.</param>
/// <param name="Steps">How many steps each has.</param>
/// <param name="InFlight">How many are under way at a time.</param>
/// <param name="Deadline">How long the run may take.</param>
internal sealed record LoadPlan(LoadKind Kind, string Prefix, int Count, int Steps, int InFlight, TimeSpan Deadline)
{
    /// <summary>By what 'per step' divides: all steps; starts, where nothing runs.</summary>
    public int Units => Count * Math.Max(Steps, 1);

    /// <summary>The id of a process.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The id.</returns>
    public string IdOf(int index) => $"{Prefix}{index:0000000}";
}

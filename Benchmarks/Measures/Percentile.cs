namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>Percentiles and medians.</summary>
internal static class Percentile
{
    /// <summary>The smallest value that at least a share of the values do not exceed.</summary>
    /// <param name="sorted">The values, rising.</param>
    /// <param name="share">0 to 1.</param>
    /// <returns>The value; null when there are none.</returns>
    public static double? Of(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>The value in the middle.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The middle one, or the mean of the two in the middle; null when there are none.</returns>
    public static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

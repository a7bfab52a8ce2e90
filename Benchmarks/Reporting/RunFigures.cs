using Orleans.Workflows.Benchmarks.Measures;

namespace Orleans.Workflows.Benchmarks.Reporting;

/// <summary>
/// The figures of one run, or their medians, by <see cref="Figure.Key"/>. What could not be measured is not there.
/// </summary>
internal sealed class RunFigures : Dictionary<string, double>
{
    /// <summary>Makes an empty set.</summary>
    public RunFigures()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Adds a figure if there is one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; null for none.</param>
    public void Note(string key, double? value)
    {
        if (value is { } there && double.IsFinite(there))
        {
            this[key] = there;
        }
    }

    /// <summary>The median of each figure by itself.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>The medians.</returns>
    public static RunFigures MedianOf(IReadOnlyList<RunFigures> runs)
    {
        var medians = new RunFigures();
        foreach (var figure in Figure.All)
        {
            medians.Note(
                figure.Key,
                Percentile.Median(runs.Where(run => run.ContainsKey(figure.Key)).Select(run => run[figure.Key])));
        }

        return medians;
    }
}

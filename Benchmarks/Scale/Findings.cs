using System.Globalization;
using Orleans.Workflows.Benchmarks.Measures;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>What a scenario has found, in the order in which it is printed.</summary>
/// <param name="name">The scenario.</param>
internal sealed class Findings(string name)
{
    private readonly List<KeyValuePair<string, string>> _lines = [];

    /// <summary>The scenario.</summary>
    public string Name => name;

    /// <summary>What was found, by what it is.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines => _lines;

    /// <summary>What is not as it must be whatever the machine: the benchmark fails for it.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Notes a text.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="text">The text.</param>
    public void Note(string what, string text) => _lines.Add(new(what, text));

    /// <summary>Notes a number.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="value">The number; null for none.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="decimals">How many decimals are printed.</param>
    public void Note(string what, double? value, string unit = "", int decimals = 0) =>
        Note(
            what,
            value is { } number
                ? $"{number.ToString($"N{decimals}", CultureInfo.InvariantCulture)} {unit}".TrimEnd()
                : "none");

    /// <summary>Notes the spread of latencies.</summary>
    /// <param name="what">What they are of.</param>
    /// <param name="milliseconds">The latencies in any order.</param>
    public void NoteLatencies(string what, IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        Note(
            what,
            sorted.Count == 0
                ? "none"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"p50 {Percentile.Of(sorted, 0.5):N1}, p99 {Percentile.Of(sorted, 0.99):N1}, max {sorted[^1]:N1} "
                    + $"ms ({sorted.Count:N0})"));
    }

    /// <summary>
    /// Notes whether a budget is kept. One that is missed is no fault by itself: the machine may have been busy.
    /// </summary>
    /// <param name="budget">The budget.</param>
    /// <param name="kept">Whether it is.</param>
    public void Judge(string budget, bool kept) => Note($"budget: {budget}", kept ? "kept" : "MISSED");

    /// <summary>Notes what must be so.</summary>
    /// <param name="what">What must be.</param>
    /// <param name="holds">Whether it is.</param>
    public void Require(string what, bool holds)
    {
        Note(what, holds ? "yes" : "NO");
        if (!holds)
        {
            Faults.Add($"{name}: {what}: it is not so.");
        }
    }
}

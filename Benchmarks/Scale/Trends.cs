using System.Globalization;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>Samples of several measures over time, and the straight line through each by least squares.</summary>
internal sealed class Trends
{
    /// <summary>
    /// How much of its mean a measure may rise or fall within the time that was measured, to count as level.
    /// </summary>
    private const double Level = 0.1;

    private readonly Dictionary<string, List<(double At, double Value)>> _samples = [];

    /// <summary>The last sample of each, in one line.</summary>
    public string Last =>
        string.Join(
            "; ",
            _samples.Select(static one =>
                string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value[^1].Value:N1}")));

    /// <summary>Adds a sample.</summary>
    /// <param name="what">The measure.</param>
    /// <param name="seconds">When, from the beginning on.</param>
    /// <param name="value">The value; null for none.</param>
    public void Add(string what, double seconds, double? value)
    {
        if (value is { } number)
        {
            if (!_samples.TryGetValue(what, out var samples))
            {
                _samples.Add(what, samples = []);
            }

            samples.Add((seconds, number));
        }
    }

    /// <summary>Notes each measure with its mean, its slope and what that means.</summary>
    /// <param name="findings">Takes the lines.</param>
    /// <param name="warmUp">How many seconds at the beginning do not count.</param>
    public void NoteIn(Findings findings, double warmUp)
    {
        var rising = new List<string>();
        foreach (var (what, all) in _samples)
        {
            var samples = all.Where(sample => sample.At >= warmUp).ToList();
            if (samples.Count < 3)
            {
                findings.Note(what, "too few samples");
                continue;
            }

            var (mean, slope, error) = Fit(samples);
            var change = Math.Abs(slope) * (samples[^1].At - samples[0].At);
            var isLevel = change <= Level * Math.Abs(mean) || Math.Abs(slope) <= 2 * error;
            if (!isLevel)
            {
                rising.Add(what);
            }

            var share = mean == 0 ? 0 : slope * 3_600 / mean * 100;
            findings.Note(
                what,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mean {mean:N1}, slope {slope * 3_600:+#,0.0;-#,0.0;0} per hour ({share:+0.0;-0.0;0} %), standard "
                    + $"error {error * 3_600:N1}: {(isLevel ? "level" : slope > 0 ? "RISES" : "falls")}"));
        }

        findings.Note(
            "verdict",
            rising.Count == 0 ? "every slope is about zero" : $"not level: {string.Join(", ", rising)}");
    }

    /// <summary>Least squares.</summary>
    /// <param name="samples">Three or more samples.</param>
    /// <returns>The mean, the slope per second, and the slope's standard error.</returns>
    private static (double Mean, double Slope, double Error) Fit(List<(double At, double Value)> samples)
    {
        var (at, mean) = (samples.Average(static sample => sample.At), samples.Average(static sample => sample.Value));
        var spread = samples.Sum(sample => (sample.At - at) * (sample.At - at));
        var slope = samples.Sum(sample => (sample.At - at) * (sample.Value - mean)) / spread;
        var rest = samples.Sum(sample => Math.Pow(sample.Value - mean - (slope * (sample.At - at)), 2));
        return (mean, slope, Math.Sqrt(rest / (samples.Count - 2) / spread));
    }
}

using System.Diagnostics;
using Orleans.Workflows.Benchmarks.Measures;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>A part of the time of an overload: what ended in it, and how soon starts were answered.</summary>
internal sealed class OverloadPart
{
    /// <summary>The share of the peak that is promised to end, with and without a neighbour.</summary>
    private const double Promised = 0.85;

    private readonly string _title;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly int _before;
    private long _endedAt;
    private double _goodput;
    private double? _neighbour;

    private OverloadPart(string title, bool isBeside, int finished) =>
        (_title, IsBeside, _before) = (title, isBeside, finished);

    /// <summary>Whether a neighbour uses half of the machine.</summary>
    public bool IsBeside { get; }

    /// <summary>Begins a part now.</summary>
    /// <param name="title">Its name in the report.</param>
    /// <param name="isBeside">Whether a neighbour uses half of the machine.</param>
    /// <param name="finished">How many processes have ended up to now.</param>
    /// <returns>The part.</returns>
    public static OverloadPart Begin(string title, bool isBeside, int finished) => new(title, isBeside, finished);

    /// <summary>How many have ended since it began.</summary>
    /// <param name="finished">How many processes have ended up to now.</param>
    /// <returns>The number.</returns>
    public int Ended(int finished) => finished - _before;

    /// <summary>Ends the part.</summary>
    /// <param name="finished">How many processes have ended up to now.</param>
    /// <param name="neighbour">How many CPUs the neighbour had; null for none.</param>
    public void End(int finished, double? neighbour)
    {
        _endedAt = Stopwatch.GetTimestamp();
        _goodput = Ended(finished) / Stopwatch.GetElapsedTime(_began, _endedAt).TotalSeconds;
        _neighbour = neighbour;
    }

    /// <summary>
    /// Compares it with what the machine could do. What is promised of an overload has to be so in a run of the full
    /// length; one of seconds says nothing about it.
    /// </summary>
    /// <param name="quick">Whether it is a run of seconds.</param>
    /// <param name="peak">The peak in the same circumstances.</param>
    /// <param name="answers">The answers to starts that were taken.</param>
    /// <param name="refusals">The answers to starts that were refused.</param>
    /// <param name="findings">Takes what is found.</param>
    public void Judge(
        bool quick,
        double peak,
        TimedLatencies answers,
        TimedLatencies refusals,
        Findings findings)
    {
        Action<string, bool> promise = quick ? findings.Judge : findings.Require;
        if (_neighbour is { } cpus)
        {
            findings.Note($"{_title}: CPUs that the neighbour had", cpus, decimals: 2);
        }

        findings.Note($"{_title}: goodput, processes that ended", _goodput, "processes/s");
        findings.Note($"{_title}: goodput : mean of the peaks of the same kind", _goodput / peak, "", decimals: 2);
        if (!IsBeside)
        {
            findings.Judge($"{_title}: goodput >= 90 % of that mean", _goodput >= 0.9 * peak);
        }

        promise($"{_title}: goodput >= {Promised * 100:N0} % of that mean", _goodput >= Promised * peak);
        foreach (
            var (kind, latencies) in (ReadOnlySpan<(string, TimedLatencies)>)
                [("taken", answers), ("refused", refusals)])
        {
            var sorted = latencies.Between(_began, _endedAt).Order().ToList();
            findings.NoteLatencies($"{_title}: answers to starts that were {kind}", sorted);
            promise(
                $"{_title}: answers to starts that were {kind} < 1 s at p99",
                sorted.Count == 0 || Percentile.Of(sorted, 0.99) < 1_000);
        }
    }
}

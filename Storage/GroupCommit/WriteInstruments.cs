using System.Diagnostics.Metrics;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>
/// What group commit tells those who listen to the meter 'Orleans.Workflows': how many writes share a transaction, how
/// long it takes, and how many wait for locks of other sessions. While nobody listens, no clock is read and nothing is
/// recorded.
/// </summary>
internal sealed class WriteInstruments
{
    private readonly Histogram<int>? _items;
    private readonly Histogram<double>? _duration;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter; null for a store outside a host, which has none.</param>
    /// <param name="locked">Tells how many writes wait for locks.</param>
    public WriteInstruments(IMeterFactory? meters, Func<int> locked)
    {
        var meter = meters?.Create("Orleans.Workflows");
        meter?.CreateObservableGauge(
            "orleans.workflows.store.locked",
            locked,
            unit: "{write}",
            description: "Writes that wait because another session of the database holds a lock.");
        _items = meter?.CreateHistogram(
            "orleans.workflows.store.batch.items",
            unit: "{write}",
            description: "Writes that shared a transaction of the process store.",
            tags: null,
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _duration = meter?.CreateHistogram(
            "orleans.workflows.store.batch.duration",
            unit: "s",
            description: "From the taking of a batch by a writer to its outcome, with all tries.",
            tags: null,
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
            });
    }

    /// <summary>A batch begins.</summary>
    /// <returns>When; null while nobody listens.</returns>
    public long? Begin() =>
        _items is { Enabled: true } || _duration is { Enabled: true } ? TimeProvider.System.GetTimestamp() : null;

    /// <summary>A batch has its outcome.</summary>
    public void End(long? began, int items)
    {
        if (began is not { } at)
        {
            return;
        }

        try
        {
            _items?.Record(items);
            _duration?.Record(TimeProvider.System.GetElapsedTime(at).TotalSeconds);
        }
        catch (Exception)
        {
            // A listener's own fault: the writer lives on, or every later caller would wait for ever.
        }
    }
}

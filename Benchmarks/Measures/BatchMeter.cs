using System.Diagnostics.Metrics;

namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>Listens to what the store's group commit measures of each batch.</summary>
internal sealed class BatchMeter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly List<double> _items = [];
    private readonly List<double> _milliseconds = [];

    /// <summary>Begins to listen.</summary>
    public BatchMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (
                instrument.Meter.Name == "Orleans.Workflows"
                && instrument.Name
                    is "orleans.workflows.store.batch.items"
                        or "orleans.workflows.store.batch.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, items, _, _) => Add(_items, items));
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Add(_milliseconds, seconds * 1_000));
        _listener.Start();
    }

    /// <summary>Takes what was measured since the last time.</summary>
    /// <returns>The sizes and the durations in milliseconds, each rising.</returns>
    public (IReadOnlyList<double> Items, IReadOnlyList<double> Milliseconds) Take()
    {
        lock (_lock)
        {
            var taken = ((IReadOnlyList<double>)[.. _items.Order()], (IReadOnlyList<double>)[.. _milliseconds.Order()]);
            _items.Clear();
            _milliseconds.Clear();
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(List<double> values, double value)
    {
        lock (_lock)
        {
            values.Add(value);
        }
    }
}

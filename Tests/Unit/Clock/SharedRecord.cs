using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Clock;

/// <summary>A database whose clock the test sets, and whose way is as long as the test says.</summary>
internal sealed class SharedRecord(TimeProvider truth) : IClusterRecord
{
    private (TimeSpan Correction, DateTimeOffset At, long Count) _written = (TimeSpan.Zero, truth.GetUtcNow(), 0);

    /// <summary>How far its clock is ahead of the true time.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Is called with each reading, on its way back.</summary>
    public Action? OnTheWay { get; set; }

    /// <summary>Whether it can be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often a correction was written.</summary>
    public long Corrections => _written.Count;

    /// <summary>Loses what was written.</summary>
    public void Forget() => _written = (TimeSpan.Zero, truth.GetUtcNow(), 0);

    public Task<ClusterReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("away");
        }

        var reading = new ClusterReading(
            truth.GetUtcNow() + Ahead,
            "red",
            _written.Correction,
            _written.At,
            _written.Count);
        OnTheWay?.Invoke();
        return Task.FromResult(reading);
    }

    public Task<bool> CorrectAsync(ClusterReading seen, TimeSpan correction, CancellationToken cancellationToken)
    {
        var isFirst = seen.Corrections == _written.Count;
        _written = isFirst ? (correction, seen.Time, _written.Count + 1) : _written;
        return Task.FromResult(isFirst);
    }

    public Task<string?> ClaimAsync(string clusterId, bool force, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);
}

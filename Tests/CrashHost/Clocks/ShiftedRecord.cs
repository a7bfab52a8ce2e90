using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Clocks;

/// <summary>The record of a database whose clock is wrong: it is shifted in the one place that reads it.</summary>
/// <param name="record">The record.</param>
/// <param name="shift">How far its clock is wrong.</param>
public sealed class ShiftedRecord(IClusterRecord record, Shift shift) : IClusterRecord
{
    /// <inheritdoc/>
    public async Task<ClusterReading> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = await record.ReadAsync(cancellationToken);
        return reading with { Time = reading.Time + shift.Ahead };
    }

    /// <inheritdoc/>
    public Task<bool> CorrectAsync(ClusterReading seen, TimeSpan correction, CancellationToken cancellationToken) =>
        record.CorrectAsync(seen, correction, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> ClaimAsync(string clusterId, bool force, CancellationToken cancellationToken) =>
        record.ClaimAsync(clusterId, force, cancellationToken);
}

namespace Orleans.Workflows.Grains.Storage;

/// <summary>What the record of a database says: whose it is, and what the cluster's time is.</summary>
/// <param name="Time">What the database's clock showed when it was read.</param>
/// <param name="ClusterId">
/// The id of the cluster that has the database; null before the first one has claimed it.
/// </param>
/// <param name="Correction">
/// By how much the cluster's time was ahead of the database's clock at <paramref name="CorrectedAt"/>; zero until that
/// clock has jumped.
/// </param>
/// <param name="CorrectedAt">When that was written, by the database's clock.</param>
/// <param name="Corrections">How often it was written.</param>
public sealed record ClusterReading(
    DateTimeOffset Time,
    string? ClusterId,
    TimeSpan Correction,
    DateTimeOffset CorrectedAt,
    long Corrections);

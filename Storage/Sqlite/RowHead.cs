namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>What decides about a commit.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Version">Its version.</param>
/// <param name="RunId">Its run.</param>
/// <param name="LastOperation">The commit that wrote it last.</param>
/// <param name="StartRequestId">The request that stored it.</param>
/// <param name="Tags">Its tags as stored.</param>
internal sealed record RowHead(
    long Number,
    long Version,
    string RunId,
    Guid LastOperation,
    string StartRequestId,
    string Tags);

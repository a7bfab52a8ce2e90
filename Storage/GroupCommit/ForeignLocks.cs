namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>What other sessions have locked that a batch wants.</summary>
/// <param name="Holders">
/// The items that cannot be written now, each with the session that keeps it from being written.
/// </param>
/// <param name="OfEverything">
/// The session that keeps every item from being written, by a lock on a whole table; null for none.
/// </param>
internal sealed record ForeignLocks(IReadOnlyDictionary<WriteItem, string> Holders, string? OfEverything)
{
    /// <summary>None that can be found.</summary>
    public static ForeignLocks None { get; } = new(new Dictionary<WriteItem, string>(), OfEverything: null);
}

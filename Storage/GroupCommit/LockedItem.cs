namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>An item that cannot be written as long as another session holds a lock.</summary>
/// <param name="Item">The item.</param>
/// <param name="Holder">The session.</param>
/// <param name="InDoubt">Whether an earlier try may have written it.</param>
/// <param name="Since">When it met the lock, by the clock of the group.</param>
internal sealed record LockedItem(WriteItem Item, string Holder, bool InDoubt, long Since);

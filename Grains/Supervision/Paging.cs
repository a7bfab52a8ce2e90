using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Reads the store's scans to their end, page by page, each behind the last one's key: what is added meanwhile is met
/// or not.
/// </summary>
internal static class Paging
{
    /// <summary>The processes that rows say a silo runs.</summary>
    public static IAsyncEnumerable<OwnedProcess> OwnedAsync(
        this IProcessStore store, string owner, SliceRange slices, int pageSize, CancellationToken cancellationToken) =>
        AllAsync<OwnedProcess, ProcessId?>(
            (last, token) => store.ScanOwnedAsync(owner, slices, last, pageSize, token),
            static owned => owned.Id,
            first: null,
            cancellationToken);

    /// <summary>The messages that no process has taken in.</summary>
    public static IAsyncEnumerable<UnseenMessage> UnseenAsync(
        this IProcessStore store,
        SliceRange slices,
        DateTimeOffset sentBefore,
        int pageSize,
        CancellationToken cancellationToken) =>
        AllAsync<UnseenMessage, long>(
            (last, token) => store.ScanUnseenAsync(slices, sentBefore, last, pageSize, token),
            static message => message.Sequence,
            first: 0,
            cancellationToken);

    private static async IAsyncEnumerable<TItem> AllAsync<TItem, TKey>(
        Func<TKey, CancellationToken, Task<IReadOnlyList<TItem>>> read,
        Func<TItem, TKey> key,
        TKey first,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (
            var page = await read(first, cancellationToken);
            page.Count > 0;
            page = await read(key(page[^1]), cancellationToken))
        {
            foreach (var item in page)
            {
                yield return item;
            }
        }
    }
}

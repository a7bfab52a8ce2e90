using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>
/// What the silo sees that takes over: the trees from which the first one is cut off, as it would if that one had died.
/// </summary>
/// <param name="inner">The store.</param>
/// <param name="first">What the first silo sees of it.</param>
internal sealed class TakeOverProcessStore(IProcessStore inner, CutOffProcessStore first)
    : DelegatingProcessStore(inner)
{
    public override async Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices,
        DateTimeOffset dueAt,
        DueProcess? after,
        int limit,
        CancellationToken cancellationToken) =>
        [
            .. (await Inner.ScanDueAsync(slices, dueAt, after, int.MaxValue, cancellationToken).ConfigureAwait(false))
                .Where(due => IsHere(due.Id))
                .Take(limit),
        ];

    public override async Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner,
        SliceRange slices,
        ProcessId? after,
        int limit,
        CancellationToken cancellationToken) =>
        [
            .. (
                await Inner
                    .ScanOwnedAsync(owner, slices, after, int.MaxValue, cancellationToken)
                    .ConfigureAwait(false))
                .Where(owned => IsHere(owned.Id))
                .Take(limit),
        ];

    public override async Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken) =>
        [
            .. (
                await Inner
                    .ScanUnseenAsync(slices, sentBefore, afterSequence, int.MaxValue, cancellationToken)
                    .ConfigureAwait(false))
                .Where(message => IsHere(message.Receiver))
                .Take(limit),
        ];

    private bool IsHere(ProcessId id) => first.PlanOf(id) is { Cut.IsCompleted: true };
}

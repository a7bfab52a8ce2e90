using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.RandomPrograms.Planted;

/// <summary>A store with a bug.</summary>
/// <param name="inner">A store without.</param>
internal sealed class PlantedStore(IProcessStore inner) : DelegatingProcessStore(inner)
{
    /// <summary>Whether the children of a step come in the wrong order.</summary>
    public bool TurnsChildrenAround { get; init; }

    /// <summary>Whether the ends of children are not told.</summary>
    public bool LosesEnds { get; init; }

    /// <summary>Whether a signal that was taken in is delivered again after a reload.</summary>
    public bool ForgetsMarks { get; init; }

    public override Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken)
    {
        var messages = LosesEnds
            ? [.. commit.Messages.Where(static message => message.Kind != MessageKind.ChildEnded)]
            : commit.Messages;
        return Inner.CommitAsync(
            commit with
            {
                Messages = messages,
                Marks = ForgetsMarks ? [] : commit.Marks,
            },
            cancellationToken);
    }

    public override async Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(
        ProcessId parent,
        int step,
        CancellationToken cancellationToken)
    {
        var children = await Inner.ReadChildrenAsync(parent, step, cancellationToken);
        return TurnsChildrenAround
            ?
            [
                .. children.Select(
                    (child, index) => children[^(index + 1)] with { Id = child.Id, Index = child.Index }),
            ]
            : children;
    }
}

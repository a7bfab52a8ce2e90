namespace Orleans.Workflows;

/// <summary>A process with the processes that it started.</summary>
/// <param name="Process">The process.</param>
/// <param name="Children">Its children, in the order in which it started them.</param>
public sealed record ProcessTree(ProcessSummary Process, IReadOnlyList<ProcessTree> Children)
{
    /// <summary>The process and all below it, parents before their children.</summary>
    /// <returns>Each with its depth, 0 for this one.</returns>
    public IEnumerable<(int Depth, ProcessSummary Process)> Flatten()
    {
        var rest = new Stack<(int Depth, ProcessTree Tree)>([(0, this)]);
        while (rest.TryPop(out var next))
        {
            yield return (next.Depth, next.Tree.Process);
            foreach (var child in next.Tree.Children.Reverse())
            {
                rest.Push((next.Depth + 1, child));
            }
        }
    }

    /// <summary>Puts the processes of a tree together.</summary>
    /// <param name="top">The process at the top.</param>
    /// <param name="all">Everything that has the same root, in any order; more is left out.</param>
    /// <returns>The tree.</returns>
    internal static ProcessTree Of(ProcessSummary top, IEnumerable<ProcessSummary> all)
    {
        var byParent = all.Where(static process => process.Parent is not null)
            .OrderBy(static process => process.ParentStep)
            .ThenBy(static process => process.ParentIndex)
            .ThenBy(static process => process.Id)
            .ToLookup(static process => process.Parent!.Value);

        // Deep trees must not end the thread's stack: leaves are put together before what is above them.
        var order = new List<ProcessSummary>();
        var rest = new Stack<ProcessSummary>([top]);
        while (rest.TryPop(out var next))
        {
            order.Add(next);
            foreach (var child in byParent[next.Id])
            {
                rest.Push(child);
            }
        }

        var made = new Dictionary<ProcessId, ProcessTree>();
        foreach (var process in Enumerable.Reverse(order))
        {
            made[process.Id] = new ProcessTree(process, [.. byParent[process.Id].Select(child => made[child.Id])]);
        }

        return made[top.Id];
    }
}

using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>The history has every commit once, and says of the process what its row says.</summary>
internal static class HistoryCheck
{
    private static readonly HistoryKind[] Ends = [HistoryKind.Finished, HistoryKind.Excepted, HistoryKind.Killed];

    /// <summary>Checks the history of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="children">How many children of it there are.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(ProcessEvidence process, int children)
    {
        if (
            !process
                .History.Select(static entry => entry.Version)
                .SequenceEqual(Enumerable.Range(1, (int)process.Version).Select(static version => (long)version)))
        {
            yield return new Violation(
                ViolationKind.HistoryGap,
                process.Id,
                $"it is at version {process.Version}, and its history has "
                + $"{string.Join(",", process.History.Select(static entry => entry.Version))}");
        }

        var ends = process.Kinds.Where(static kind => Ends.Contains(kind)).ToList();
        var expected = process.Ended ? Enum.Parse<HistoryKind>(process.State.ToString()) : (HistoryKind?)null;
        if (expected is null ? ends.Count > 0 : ends is not [var end] || end != expected)
        {
            yield return new Violation(
                ViolationKind.HistoryContradicts,
                process.Id,
                $"it is {process.State}, and its history has the ends [{string.Join(", ", ends)}]");
        }
        else if (
            process
                .Kinds.SkipWhile(static kind => !Ends.Contains(kind))
                .Skip(1)
                .FirstOrDefault(static kind => kind is not HistoryKind.MessageRefused)
                is var after
            && after != default)
        {
            yield return new Violation(
                ViolationKind.HistoryContradicts,
                process.Id,
                $"its history goes on after the end with {after}");
        }

        if (process.State is ProcessState.Finished)
        {
            var wanted = Expectation.Of(process.Type, process.Input);
            var steps = process.Kinds.Count(static kind => kind is HistoryKind.StepCompleted);
            if (
                process.Kinds.Count(static kind => kind is HistoryKind.Created) != 1
                || steps != wanted.Steps
                || children != wanted.Children)
            {
                yield return new Violation(
                    ViolationKind.WrongCount,
                    process.Id,
                    $"it completed {steps} steps and has {children} children; expected are {wanted.Steps} and "
                    + $"{wanted.Children}");
            }
        }
    }
}

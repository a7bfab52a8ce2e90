using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Memory;

/// <summary>The rules that databases check by themselves.</summary>
internal static class RowRules
{
    /// <summary>Finds what a database would refuse in a commit.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FaultOf(ProcessCommit commit) =>
        commit.Children.Prepend(commit.Row).Select(FaultOf).FirstOrDefault(static fault => fault is not null)
        ?? (
            commit
                .Messages.Concat(commit.ToChildren)
                .Any(static m => m.MessageId.Length is 0 or > WellFormed.MaxMessageId)
                ? $"The id of a message has 1 to {WellFormed.MaxMessageId} characters."
                : null)
        ?? (
            commit.Messages.Concat(commit.ToChildren).Any(static m => (int)m.Kind <= 0)
                ? "A message has a kind."
                : null)
        ?? (commit.Reports.Any(static r => r.Level < ReportLevel.Debug) ? "A reported line has a level." : null);

    private static string? FaultOf(ProcessRow row)
    {
        if (row.DueAt is not null && (row.Paused || row.State is not (ProcessState.Created or ProcessState.Waiting)))
        {
            return $"Process {row.Id} has a due time while running, paused or terminal.";
        }

        return row.Owner is not null != (row.State is ProcessState.Running && !row.Paused)
            ? $"Process {row.Id} has an owner without running, or runs without one."
            : null;
    }
}

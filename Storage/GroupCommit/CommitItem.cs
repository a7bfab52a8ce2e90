using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>The commit of one turn of a process.</summary>
internal sealed class CommitItem(ProcessCommit commit) : WriteItem<CommitResult>(commit.Row.Id)
{
    /// <summary>What to write.</summary>
    public ProcessCommit Commit { get; } = commit;

    /// <inheritdoc/>
    public override bool IsRefusable => Commit.ExpectedVersion == 0;

    /// <inheritdoc/>
    public override Touched Touches =>
        (Commit.ExpectedVersion == 0 ? Touched.NewRow : Touched.Row)
        | (Commit.Marks.Count > 0 ? Touched.Marks : Touched.None)
        | (Commit.CloseInbox ? Touched.ClosedInbox : Touched.None)
        | (Commit.Messages.Count > 0 ? Touched.Messages : Touched.None)
        | (Commit.ToChildren.Count > 0 ? Touched.ToChildren : Touched.None)
        | (Commit.Children.Count > 0 ? Touched.Children : Touched.None)
        | (Commit.Reports.Count > 0 ? Touched.Reports : Touched.None);

    /// <inheritdoc/>
    public override long SizeBytes { get; } =
        SizeOf(commit.Row)
        + commit.Children.Sum(SizeOf)
        + commit.Messages.Sum(m => (long)m.Payload.Length)
        + commit.ToChildren.Sum(m => (long)m.Payload.Length)
        + commit.Reports.Sum(r => (long)r.Text.Length);

    /// <inheritdoc/>
    public override void Refuse(string reason) => Decide(CommitResult.Failed(CommitStatus.Rejected, reason));

    /// <inheritdoc/>
    public override void Withhold(string reason, Exception? cause) =>
        Decide(CommitResult.Failed(CommitStatus.Unavailable, reason));

    /// <inheritdoc/>
    public override string ToString() => $"commit {Commit.Row.Version} of process {Id}";

    private static long SizeOf(ProcessRow row) =>
        row.Checkpoint.Length + row.Input.Length + (row.Output?.Length ?? 0) + (row.Failure?.Length ?? 0);
}

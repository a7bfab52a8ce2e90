namespace Orleans.Workflows.Storage.GroupCommit;

/// <summary>One caller's write, from the queue to its outcome.</summary>
/// <param name="id">
/// The process that it is about; items of one id never share a batch, nor run at the same time.
/// </param>
internal abstract class WriteItem(ProcessId id)
{
    /// <summary>The process that it is about.</summary>
    public ProcessId Id { get; } = id;

    /// <summary>Whether it goes before ordinary items.</summary>
    public virtual bool IsUrgent => false;

    /// <summary>Whether it is turned away when the queue is full.</summary>
    public virtual bool IsRefusable => false;

    /// <summary>What it touches.</summary>
    public virtual Touched Touches => Touched.None;

    /// <summary>Its payload, in bytes.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Whether the caller gave up while it waited. Guarded by the queue.</summary>
    public bool IsCanceled { get; set; }

    /// <summary>Whether a writer has taken it. Guarded by the queue.</summary>
    public bool IsTaken { get; set; }

    /// <summary>
    /// Decides what it means for an item that another session holds a lock which it wants, if that is an answer.
    /// </summary>
    /// <returns>Whether it is decided; otherwise the item waits for the lock.</returns>
    public virtual bool TryDecideLocked() => false;

    /// <summary>Gives the caller the outcome that was decided.</summary>
    public abstract void Deliver();

    /// <summary>Decides that the database refuses it.</summary>
    public abstract void Refuse(string reason);

    /// <summary>Decides that nothing was written, because the database cannot be reached or has no room.</summary>
    public abstract void Withhold(string reason, Exception? cause);

    /// <summary>Decides that nobody can say whether it was written.</summary>
    public abstract void Abandon(string reason);

    /// <summary>Tells the caller that it was cancelled before a writer took it.</summary>
    public abstract void DeliverCancellation(CancellationToken cancellationToken);
}

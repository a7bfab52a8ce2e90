namespace Orleans.Workflows.Linked;

/// <summary>
/// Begins work that must not carry the context of the one who happens to begin it: a call's request context, its span.
/// </summary>
internal static class Detached
{
    /// <summary>Begins work; completes when it has begun, with the work itself.</summary>
    public static Task<Task> Run(Func<Task> work, TaskScheduler scheduler)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            return Task
                .Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
    }
}

namespace Orleans.Workflows;

/// <summary>
/// Marks a method of a restart chain as a handler: it takes the <see cref="ChildResult{TOutput}"/> of the last run, and
/// if it wants the <see cref="StepContext"/> behind it, and returns a <see cref="HandlerReport"/>, or null when it has
/// nothing to say; either at once or as a task. Its name is the method's.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RestartHandlerAttribute : Attribute
{
    /// <summary>Handlers are called by falling priority; of the same, by name. Default: 0.</summary>
    public int Priority { get; set; }

    /// <summary>
    /// The exit codes of the child for which it is called; null, the default, for all, success included. An empty list
    /// is never called.
    /// </summary>
    public int[]? ExitCodes { get; set; }

    /// <summary>Whether it is called unless the caller says otherwise. Default: <c>true</c>.</summary>
    public bool Enabled { get; set; } = true;
}

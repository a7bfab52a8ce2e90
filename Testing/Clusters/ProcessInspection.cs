namespace Orleans.Workflows.Testing;

/// <summary>Where a process stands and what it remembers, as of its last commit.</summary>
/// <param name="Status">Its status: state, position, what it waits for, its incident.</param>
/// <param name="Checkpoint">Its input, context, argument and outputs as JSON.</param>
public sealed record ProcessInspection(ProcessStatus Status, ProcessCheckpoint Checkpoint)
{
    /// <summary>Where it stands: the current or next step.</summary>
    public string Position => Status.Position;

    /// <summary>Reads the context of a work chain.</summary>
    /// <typeparam name="T">The context's type.</typeparam>
    /// <returns>The context; <c>null</c> when it has none yet.</returns>
    /// <exception cref="PayloadException">It is not one of that type.</exception>
    public T? Context<T>()
        where T : class => Read<T>(Checkpoint.Context, "context");

    /// <summary>Reads the argument of the current or next step.</summary>
    /// <typeparam name="T">The argument's type.</typeparam>
    /// <returns>The argument; the type's default when there is none.</returns>
    /// <exception cref="PayloadException">It is not one of that type.</exception>
    public T? Argument<T>() => Read<T>(Checkpoint.Argument, "argument");

    /// <summary>Reads the outputs that were emitted until now, or with which it ended.</summary>
    /// <typeparam name="T">The output's type.</typeparam>
    /// <returns>The outputs; <c>null</c> when there are none.</returns>
    /// <exception cref="PayloadException">
    /// They are not of that type, or not all of those that it requires are there yet.
    /// </exception>
    public T? Outputs<T>()
        where T : class => Read<T>(Checkpoint.Outputs, "output");

    private static T? Read<T>(byte[]? json, string what) => json is null ? default : WorkflowJson.Read<T>(json, what);
}

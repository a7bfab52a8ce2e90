namespace Orleans.Workflows;

/// <summary>Makes children of process types.</summary>
public static class ChildStarts
{
    /// <summary>A child of this type, to be started by the step or outline that returns it.</summary>
    /// <typeparam name="TInput">The child's input.</typeparam>
    /// <typeparam name="TOutput">The child's output.</typeparam>
    /// <param name="type">The process type.</param>
    /// <param name="input">The input.</param>
    /// <param name="id">The child's id; null for the engine's.</param>
    /// <returns>The child to start.</returns>
    /// <exception cref="PayloadException">The input cannot be written, or is larger than 4 MiB.</exception>
    /// <exception cref="ArgumentException">The id is not one that a client may give.</exception>
    public static ChildStart<TOutput> Child<TInput, TOutput>(
        this ProcessType<TInput, TOutput> type,
        TInput input,
        ProcessId? id = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        id?.ThrowIfNotForClients();
        var json = StepValues.Write(input, $"input of a child '{type.Name}'");
        return new ChildStart<TOutput>(type.Name, json) { Id = id };
    }
}

namespace Orleans.Workflows;

/// <summary>
/// The contract of a process: its name and the types of its input and output, shared by those who start it and those
/// who run it.
/// </summary>
/// <typeparam name="TInput">The input: a record whose properties are the input ports.</typeparam>
/// <typeparam name="TOutput">The output: a record whose properties are the output ports.</typeparam>
/// <example>
/// <code>
/// public static readonly ProcessType&lt;OrderInput, OrderOutput&gt; Fulfil = new("orders/fulfil");
/// </code>
/// </example>
public sealed record ProcessType<TInput, TOutput>
{
    /// <summary>Names a process type.</summary>
    /// <param name="name">
    /// 1 to 200 characters; the name that the definition carries in its <c>[Process]</c> attribute.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty or longer than 200 characters.</exception>
    public ProcessType(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, WorkflowLimits.MaxTypeLength, nameof(name));
        Name = name;
    }

    /// <summary>The name of the process type. Case-sensitive.</summary>
    public string Name { get; }

    /// <summary>The name of the process type.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}

namespace Orleans.Workflows;

/// <summary>A child to start: made by <see cref="ChildStarts.Child"/>.</summary>
/// <typeparam name="TOutput">The child's output.</typeparam>
public sealed record ChildStart<TOutput>
{
    internal ChildStart(string type, byte[] input)
    {
        Type = type;
        Input = input;
    }

    /// <summary>The name of the child's process type.</summary>
    public string Type { get; }

    /// <summary>
    /// The child's id; null for the engine's <c>{parent}/{step number}.{n}</c>. A taken id fails the step.
    /// </summary>
    public ProcessId? Id { get; init; }

    /// <summary>The child's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether the parent fails when the child ends in any way but with success. Default: <c>false</c>, a child that
    /// failed is data.
    /// </summary>
    public bool MustSucceed { get; init; }

    /// <summary>The child's input as UTF-8 JSON.</summary>
    internal byte[] Input { get; }
}

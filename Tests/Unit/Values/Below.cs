namespace Orleans.Workflows.Unit.Values;

/// <summary>Has a value of a type, so that it stands below the top.</summary>
internal sealed class Below<T>
{
    public T Value { get; set; } = default!;
}

namespace Orleans.Workflows;

/// <summary>An exit code that a definition declares.</summary>
/// <param name="Status">Its number.</param>
/// <param name="Label">Its label.</param>
/// <param name="Message">The template of its message.</param>
[GenerateSerializer, Immutable, Alias("owf.ExitCodeDescription")]
public sealed record ExitCodeDescription(
    [property: Id(0)] int Status,
    [property: Id(1)] string Label,
    [property: Id(2)] string Message);

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Where in a context the result of a child goes. Stored with the wait, by the child's index.</summary>
/// <param name="Key">The path of JSON names, joined by dots.</param>
/// <param name="Append">Whether it is added to the list that is there, rather than taking its place.</param>
internal sealed record ContextPlace(string Key, bool Append);

namespace Orleans.Workflows.Grains.Engine;

/// <summary>A child to start.</summary>
/// <param name="Index">Its place among the children of the step.</param>
/// <param name="Type">The name of its process type.</param>
/// <param name="Input">Its input.</param>
/// <param name="Id">Its id; null for the engine's.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record ChildRequest(
    int Index,
    string Type,
    RawJson Input,
    ProcessId? Id,
    IReadOnlyDictionary<string, string> Tags);

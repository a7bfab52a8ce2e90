namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What the process has when it ends.</summary>
/// <param name="Awaited">What its first step set behind an await.</param>
/// <param name="Child">What the child of its last step returned; null when it was not waited for.</param>
public sealed record LastChildOutput(string? Awaited, string? Child);

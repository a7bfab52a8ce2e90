namespace Orleans.Workflows.Grains.Ports;

/// <summary>What a port has when nothing is given.</summary>
/// <param name="Json">The value as JSON; null when it is computed.</param>
/// <param name="IsComputed">Whether it is made anew each time.</param>
internal sealed record PortDefault(string? Json, bool IsComputed);

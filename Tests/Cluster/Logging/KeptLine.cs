using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Cluster.Logging;

/// <summary>One line of a log.</summary>
internal sealed record KeptLine(
    string Category,
    LogLevel Level,
    int Event,
    string Text,
    Exception? Exception,
    IReadOnlyDictionary<string, object?> Values);

namespace Orleans.Workflows.Cli.Reading;

/// <summary>What was given is wrong, which showed only when it was read.</summary>
internal sealed class UsageException(string message) : Exception(message);

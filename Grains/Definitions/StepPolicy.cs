namespace Orleans.Workflows.Grains.Definitions;

/// <summary>How the attempts of an element's steps are made.</summary>
/// <param name="Retry">How failures are retried; null for the type's.</param>
/// <param name="Timeout">How long an attempt may take; null for the type's.</param>
internal readonly record struct StepPolicy(RetryPolicy? Retry, TimeSpan? Timeout);

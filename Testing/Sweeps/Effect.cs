namespace Orleans.Workflows.Testing;

/// <summary>Something that a step has done to the outside world.</summary>
/// <param name="ProcessId">The process whose step did it.</param>
/// <param name="Position">The step.</param>
/// <param name="Key">
/// What tells the outside world that it was done before: the step's idempotency key; <c>null</c> when nothing does.
/// </param>
/// <param name="What">What was done.</param>
public sealed record Effect(ProcessId ProcessId, string Position, string? Key, string What);

namespace Orleans.Workflows.Crash;

/// <summary>
/// Tests that measure short times or put much load on the machine: beside others they would measure those.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

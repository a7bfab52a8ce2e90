namespace Orleans.Workflows;

/// <summary>Under which key the engine looks for its clock.</summary>
public static class WorkflowTimeProviderNames
{
    /// <summary>
    /// The clock by which waits, retries, timeouts and deadlines go. Without one under this key it is the cluster's
    /// time, which is the database's clock, or the services' own <see cref="TimeProvider"/> where silos share no
    /// database. Orleans takes that for its time-outs and retries as well: register one that does not run, for tests,
    /// under this key only.
    /// </summary>
    public const string Engine = "Orleans.Workflows";
}

namespace Orleans.Workflows.Testing;

/// <summary>What a sweep needs besides the process and its input.</summary>
public sealed class SweepOptions
{
    /// <summary>
    /// What the silos have: further process types, such as children's, and the services of the definitions. All runs
    /// share them.
    /// </summary>
    public WorkflowTestClusterBuilder Cluster { get; } = new();

    /// <summary>What happens to the process from outside.</summary>
    /// <value>Default: nothing.</value>
    public ProcessScript Script { get; set; } = ProcessScript.Empty;

    /// <summary>Where fakes write down what steps do; give the same one to them. Its effects are compared.</summary>
    public EffectLedger Effects { get; } = new();

    /// <summary>How the process starts.</summary>
    /// <value>Its id is set by the sweep. Default: at once.</value>
    public StartOptions Start { get; set; } = new();

    /// <summary>
    /// Whether each run must end as the one that is not interrupted does, with the same output and the same effects.
    /// </summary>
    /// <value>
    /// Default: <c>true</c>. <c>false</c> where the outcome depends on who is first, as with a kill during a step.
    /// </value>
    public bool SameAsUninterrupted { get; set; } = true;

    /// <summary>The largest number of accesses that the process may need.</summary>
    /// <value>1 or more. Default: 500. A process that needs more is no scenario for a sweep, or never ends.</value>
    public int MaxAccesses { get; set; } = 500;
}

namespace Orleans.Workflows;

/// <summary>Names a process definition.</summary>
/// <param name="name">The name of its <c>ProcessType</c>: what is stored, whatever the class is called.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ProcessAttribute(string name) : Attribute
{
    /// <summary>The name of the process type.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The version of the definition, stored with each process that it starts. 1 or more. Default: 1.
    /// </summary>
    public int Version { get; set; } = 1;

    /// <summary>
    /// Whether a step that failed for good makes an incident, which an operator can retry, rather than ending the
    /// process as Excepted. Default: <c>false</c>.
    /// </summary>
    public bool FailureIsIncident { get; set; }
}

namespace Orleans.Workflows;

/// <summary>A live silo that can run a process type.</summary>
/// <param name="Name">The silo's name in the cluster's membership: under Kubernetes that of its pod.</param>
/// <param name="Address">Its address with its generation, as rows name their owner.</param>
/// <param name="Version">The version of the definition that it has.</param>
[GenerateSerializer, Immutable, Alias("owf.ProcessTypeSilo")]
public sealed record ProcessTypeSilo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Address,
    [property: Id(2)] int Version);

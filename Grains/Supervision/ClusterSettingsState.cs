namespace Orleans.Workflows.Grains.Supervision;

/// <summary>What is stored of the cluster's settings.</summary>
[GenerateSerializer, Alias("owf.ClusterSettingsState")]
internal sealed record ClusterSettingsState
{
    /// <summary>The settings.</summary>
    [Id(0)]
    public ClusterSettings Settings { get; set; } = new();
}

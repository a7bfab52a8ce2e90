namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>The clusters of one test class, whose tests may restart them: they run one after another.</summary>
public sealed class OwnStores : Stores;

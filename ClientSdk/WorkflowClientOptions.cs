using System.Net;

namespace Orleans.Workflows.ClientSdk;

/// <summary>How a client finds its cluster and how patient it is. One of <see cref="Gateways"/> and <see cref="DataFolder"/> finds it; both unset means the default data folder.</summary>
public sealed class WorkflowClientOptions
{
    /// <summary>The gateways of the cluster's silos. Default: none.</summary>
    public IList<IPEndPoint> Gateways { get; } = [];

    /// <summary>The data folder of an embedded silo on this machine, which says where its gateway is. Null, the default: the folder that a silo without configuration uses.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The cluster's id. Default: 'orleans-workflows', as the silo's.</summary>
    public string ClusterId { get; set; } = "orleans-workflows";

    /// <summary>The service's id. Default: 'orleans-workflows', as the silo's.</summary>
    public string ServiceId { get; set; } = "orleans-workflows";

    /// <summary>How long one call to the cluster may take before it is made again.</summary>
    /// <value>100 milliseconds to 5 minutes. Default: 5 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an operation is tried before it fails with <c>WorkflowUnavailableException</c>, when its own token does not end it sooner.</summary>
    /// <value>1 second to 1 day; waiting for a result has no limit. Default: 30 seconds.</value>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

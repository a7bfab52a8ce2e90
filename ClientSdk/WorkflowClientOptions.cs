using System.Net;

namespace Orleans.Workflows;

/// <summary>
/// How a client finds its cluster and how patient it is. At most one of <see cref="Gateways"/>,
/// <see cref="ConnectionString"/> and <see cref="DataFolder"/> is set. With none of them the cluster is that of the
/// configuration's connection string 'Workflows'; without one it is the embedded silo that runs on this machine, if
/// there is one and no more.
/// </summary>
public sealed class WorkflowClientOptions
{
    /// <summary>
    /// The gateways of the cluster's silos. A client without access to the database names several, so that it outlives
    /// any of them.
    /// </summary>
    /// <value>Default: none.</value>
    public IList<IPEndPoint> Gateways { get; } = [];

    /// <summary>
    /// The cluster's PostgreSQL database, where the client reads which silos are alive, every 5 seconds.
    /// </summary>
    /// <value>
    /// A connection string of Npgsql. Null, the default: the configuration's connection string 'Workflows', if there is
    /// one.
    /// </value>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The data folder of an embedded silo on this machine, which says where its gateway is, also after a restart.
    /// </summary>
    /// <value>
    /// Null, the default: the folder of the one silo without configuration that runs, and when that is gone, of the one
    /// that has come since.
    /// </value>
    public string? DataFolder { get; set; }

    /// <summary>The cluster's id. Default: 'orleans-workflows', as the silo's.</summary>
    public string ClusterId { get; set; } = "orleans-workflows";

    /// <summary>The service's id. Default: 'orleans-workflows', as the silo's.</summary>
    public string ServiceId { get; set; } = "orleans-workflows";

    /// <summary>How long one call to the cluster may take before it is made again.</summary>
    /// <value>100 milliseconds to 5 minutes. Default: 5 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an operation is tried before it fails with <c>WorkflowUnavailableException</c>, when its own token does
    /// not end it sooner.
    /// </summary>
    /// <value>
    /// 1 second to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/>: only the token ends it. Waiting for a result has
    /// no limit. Default: 30 seconds.
    /// </value>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a start that is refused as overload is tried again before it fails with
    /// <c>WorkflowOverloadedException</c>: long enough for a burst to pass; whoever wants to know at once sets zero,
    /// and whoever imports many thousands of processes sets more.
    /// </summary>
    /// <value>
    /// Zero to 1 day, or <see cref="Timeout.InfiniteTimeSpan"/>: only the token ends it. Default: 2 seconds.
    /// </value>
    public TimeSpan OverloadTimeout { get; set; } = TimeSpan.FromSeconds(2);
}

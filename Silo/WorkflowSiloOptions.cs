namespace Orleans.Workflows;

/// <summary>
/// How a silo is hosted: the configuration section 'Workflows'. The ports must differ from one another, unless they are
/// 0. The connection string 'Workflows' makes the silo a member of a cluster on PostgreSQL; without it, it is an
/// embedded silo on SQLite.
/// </summary>
public sealed class WorkflowSiloOptions
{
    /// <summary>
    /// Where the embedded databases are, and the file by which clients on this machine find the silo. One silo at a
    /// time has a data folder.
    /// </summary>
    /// <value>
    /// A folder of the user's own, made if it is missing. Null, the default:
    /// <see cref="EmbeddedSilo.DefaultDataFolder"/> of the host's application name. A member of a cluster has none.
    /// </value>
    public string? DataFolder { get; set; }

    /// <summary>
    /// The address on which the silo listens, and by which other silos and clients reach it. Orleans' ports have no
    /// authentication: let only silos and clients reach any other than loopback.
    /// </summary>
    /// <value>An IPv4 or IPv6 address of this machine. Default: 127.0.0.1.</value>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The name of the silo in the membership and in logs.</summary>
    /// <value>Up to 150 characters. Null, the default: Orleans makes one.</value>
    public string? SiloName { get; set; }

    /// <summary>The port for other silos.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 11111.</value>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for clients.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 30000.</value>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The port of <c>/health/live</c> and <c>/health/ready</c>.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 8081.</value>
    public int HealthPort { get; set; } = 8_081;

    /// <summary>
    /// The cluster's id. A database is for one cluster: a silo with another id is refused while members live. Default:
    /// 'orleans-workflows'.
    /// </summary>
    public string ClusterId { get; set; } = "orleans-workflows";

    /// <summary>
    /// The service's id: reminders and grain storage are kept by it, so it never changes. Default: 'orleans-workflows'.
    /// </summary>
    public string ServiceId { get; set; } = "orleans-workflows";

    /// <summary>Whether the silo makes and migrates the schema of its database, or only checks it.</summary>
    /// <value>
    /// Null, the default: Apply for an embedded silo and in the environment Development, Verify otherwise.
    /// </value>
    public StoreSchema? Schema { get; set; }

    /// <summary>
    /// Whether the silo refuses to start on a PostgreSQL server that may lose what it has acknowledged: with
    /// <c>fsync</c>, <c>full_page_writes</c> or <c>synchronous_commit</c> off.
    /// </summary>
    /// <value>Default: false, which makes it a warning at the start. An embedded silo syncs each write itself.</value>
    public bool RequireDurableServer { get; set; }

    /// <summary>Where metrics and traces go: a collector that takes OTLP over HTTP, in Protobuf.</summary>
    /// <value>
    /// The collector's address without a path, usually 'http://HOST:4318'; <c>v1/metrics</c> and <c>v1/traces</c> are
    /// added. Null, the default: nothing is exported.
    /// </value>
    public string? OtlpEndpoint { get; set; }
}

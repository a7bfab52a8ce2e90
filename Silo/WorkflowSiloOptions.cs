using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Storage;

namespace Orleans.Workflows.Silo;

/// <summary>How a silo is hosted: the configuration section 'Workflows'. The ports must differ from one another, unless they are 0.</summary>
public sealed class WorkflowSiloOptions
{
    /// <summary>Where the embedded databases are, and the file by which clients on this machine find the silo. One silo at a time has a data folder.</summary>
    /// <value>A folder, made if it is missing. Default: 'orleans-workflows' below the user's folder for application data.</value>
    public string DataFolder { get; set; } = EmbeddedSilo.DefaultDataFolder;

    /// <summary>The port for other silos, on loopback.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 11111.</value>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for clients, on loopback.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 30000.</value>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The port of <c>/health/live</c> and <c>/health/ready</c>, on loopback.</summary>
    /// <value>1 to 65,535, or 0 for any free port. Default: 8081.</value>
    public int HealthPort { get; set; } = 8_081;

    /// <summary>The cluster's id. Default: 'orleans-workflows'.</summary>
    public string ClusterId { get; set; } = "orleans-workflows";

    /// <summary>The service's id: reminders and grain storage are kept by it, so it never changes. Default: 'orleans-workflows'.</summary>
    public string ServiceId { get; set; } = "orleans-workflows";

    /// <summary>Whether the silo makes and migrates the schema of its process store, or only checks it. Default: Apply.</summary>
    public StoreSchema Schema { get; set; } = StoreSchema.Apply;
}

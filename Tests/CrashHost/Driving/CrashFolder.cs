namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>
/// What hosts leave behind and their successors find: the engine's data, the ledger, the gates. Deleted at the end.
/// </summary>
public sealed class CrashFolder : IDisposable
{
    private CrashFolder(string root, string? connectionString, string clusterId) =>
        (Root, ConnectionString, ClusterId) = (root, connectionString, clusterId);

    /// <summary>Where all of it is.</summary>
    public string Root { get; }

    /// <summary>The engine's data folder.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>
    /// The database that the hosts share as members of one cluster; null for embedded hosts, which work on
    /// <see cref="Data"/>.
    /// </summary>
    public string? ConnectionString { get; }

    /// <summary>
    /// The id of the cluster. A killed silo's port may be given to a silo of another test, and a client that goes on
    /// trying there would work with that one's processes; the id is what it is refused by.
    /// </summary>
    public string ClusterId { get; }

    /// <summary>The ledger's file.</summary>
    public string Ledger => Path.Combine(Root, "ledger");

    /// <summary>The folder of the gates.</summary>
    public string Gates => Path.Combine(Root, "gates");

    /// <summary>Makes a new folder.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="connectionString">The database of a cluster; null for embedded hosts.</param>
    /// <returns>The folder.</returns>
    public static CrashFolder Create(string name, string? connectionString = null)
    {
        var root = Directory.CreateTempSubdirectory($"owf-crash-{name}-");
        var folder = new CrashFolder(root.FullName, connectionString, root.Name);
        Directory.CreateDirectory(folder.Gates);
        return folder;
    }

    /// <summary>Opens a gate, for good.</summary>
    /// <param name="gate">Its name.</param>
    public void Open(string gate) => File.WriteAllText(Path.Combine(Gates, gate), "");

    /// <summary>Reads the ledger.</summary>
    /// <returns>Its lines, in the order in which they were written.</returns>
    public IReadOnlyList<LedgerLine> ReadLedger() => File.Exists(Ledger) ? LedgerLine.Read(Ledger) : [];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}

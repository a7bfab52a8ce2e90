using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Sqlite;
using Orleans.Workflows.StorageTests.Conformance;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>Stores in a SQLite file, which is deleted at the end.</summary>
public sealed class SqliteSource : StoreSource
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owf-storage-");

    /// <summary>The file.</summary>
    public string File => Path.Combine(_folder.FullName, "workflows.db");

    /// <inheritdoc/>
    public override IProcessStore Create() => Create(static _ => { });

    /// <summary>Makes a store with options of its own.</summary>
    /// <param name="configure">Sets them.</param>
    /// <param name="logger">Gets the store's lines; null for nobody.</param>
    /// <returns>The store, not initialized.</returns>
    public SqliteProcessStore Create(Action<SqliteStoreOptions> configure, ILogger<SqliteProcessStore>? logger = null)
    {
        var options = new SqliteStoreOptions { Path = File };
        configure(options);
        return new SqliteProcessStore(options, TimeProvider.System, logger ?? NullLogger<SqliteProcessStore>.Instance);
    }

    /// <inheritdoc/>
    public override void Delete() => _folder.Delete(recursive: true);
}

namespace Orleans.Workflows;

/// <summary>The options of a store in one SQLite file. <see cref="Path"/> must be set.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The database's file.</summary>
    /// <value>
    /// A path; its folder is made when <see cref="Schema"/> is Apply. Beside it SQLite keeps two files of the same name
    /// with -wal and -shm. Not on a network share.
    /// </value>
    public string Path { get; set; } = "";

    /// <summary>
    /// The number of writes that may wait before starts of new processes are refused: a bound of the memory. Overload
    /// is found sooner, by how long starts wait.
    /// </summary>
    /// <value>1 or more. Default: 10,000. Commits of processes that live are never refused.</value>
    public int MaxQueue { get; set; } = 10_000;

    /// <summary>The size that the database's file may reach.</summary>
    /// <value>
    /// Bytes, 64 KiB or more; <c>null</c> for no limit but the disk's. Default: <c>null</c>. Beyond it writes are
    /// answered as unavailable until there is room.
    /// </value>
    public long? MaxDatabaseBytes { get; set; }

    /// <summary>
    /// How long a writer waits for another program that writes the same file, before it backs off and tries again.
    /// </summary>
    /// <value>Default: 2 seconds.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What to do about the schema at the start.</summary>
    /// <value>Default: Apply.</value>
    public StoreSchema Schema { get; set; }

    /// <summary>Throws unless the options fit together.</summary>
    /// <exception cref="ArgumentException">
    /// One does not; the message says which, its value and what is allowed.
    /// </exception>
    internal void Check()
    {
        if (string.IsNullOrWhiteSpace(Path) || Path.Contains(":memory:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"{nameof(SqliteStoreOptions)}.{nameof(Path)} is '{Path}': set it to a file; for a store without a "
                + "file call UseMemoryProcessStore.");
        }

        if (MaxQueue < 1)
        {
            throw new ArgumentException(
                $"{nameof(SqliteStoreOptions)}.{nameof(MaxQueue)} is {MaxQueue}: set it to 1 or more.");
        }

        if (MaxDatabaseBytes < 64 * 1024)
        {
            throw new ArgumentException(
                $"{nameof(SqliteStoreOptions)}.{nameof(MaxDatabaseBytes)} is {MaxDatabaseBytes}: set it to 65,536 or "
                + "more, or to null.");
        }

        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(5))
        {
            throw new ArgumentException(
                $"{nameof(SqliteStoreOptions)}.{nameof(BusyTimeout)} is {BusyTimeout}: set it to 0 to 5 minutes.");
        }
    }
}

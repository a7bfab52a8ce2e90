using Npgsql;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows;

/// <summary>The options of a store in a PostgreSQL database. <see cref="ConnectionString"/> must be set.</summary>
public sealed class PostgresStoreOptions
{
    private const string Form = "Host=…;Database=…;Username=…;Password=…";

    /// <summary>
    /// Where the database is, as Npgsql reads it. Tables are made and looked for in the first schema of its search
    /// path, what <c>current_schema()</c> says. Of several hosts the primary is taken.
    /// </summary>
    /// <value>
    /// Must name a host. A store has two connections that write and at most 16 that read, fewer if 'Maximum Pool Size'
    /// is less.
    /// </value>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The number of writes that may wait before starts of new processes are refused: a bound of the memory. Overload
    /// is found sooner, by how long starts wait.
    /// </summary>
    /// <value>1 or more. Default: 10,000. Commits of processes that live are never refused.</value>
    public int MaxQueue { get; set; } = 10_000;

    /// <summary>What to do about the schema at the start.</summary>
    /// <value>Default: Apply.</value>
    public StoreSchema Schema { get; set; }

    /// <summary>
    /// Whether a server that may lose what it has acknowledged is refused: one with fsync, full_page_writes or
    /// synchronous_commit off.
    /// </summary>
    /// <value>Default: false, which makes it a warning at the start.</value>
    public bool RequireDurableServer { get; set; }

    /// <summary>Throws unless the options fit together.</summary>
    /// <returns>The connection string, read.</returns>
    /// <exception cref="ArgumentException">
    /// One does not; the message says which, its value and what is allowed, without the password.
    /// </exception>
    internal NpgsqlConnectionStringBuilder Check()
    {
        if (MaxQueue < 1)
        {
            throw new ArgumentException(
                $"{nameof(PostgresStoreOptions)}.{nameof(MaxQueue)} is {MaxQueue}: set it to 1 or more.");
        }

        if (PostgresConnectionString.FindFaults(ConnectionString) is [_, ..] faults)
        {
            const string Option = $"{nameof(PostgresStoreOptions)}.{nameof(ConnectionString)}";
            throw new ArgumentException(
                $"{string.Join(' ', faults.Select(static fault => $"{Option} {fault}"))} Write it as '{Form}'.");
        }

        return new NpgsqlConnectionStringBuilder(ConnectionString);
    }
}

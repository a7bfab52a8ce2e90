using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The options of a store in a PostgreSQL database. <see cref="ConnectionString"/> must be set.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>Where the database is, as Npgsql reads it. Tables are made in the first schema of its search path.</summary>
    /// <value>Must name a host. A store has two connections that write and at most 16 that read, fewer if 'Maximum Pool Size' is less.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>The number of writes that may wait before starts of new processes are refused: a bound of the memory. Overload is found sooner, by how long starts wait.</summary>
    /// <value>1 or more. Default: 10,000. Commits of processes that live are never refused.</value>
    public int MaxQueue { get; set; } = 10_000;

    /// <summary>What to do about the schema at the start.</summary>
    /// <value>Default: Apply.</value>
    public StoreSchema Schema { get; set; }

    /// <summary>Throws unless the options fit together.</summary>
    /// <returns>The connection string, read.</returns>
    /// <exception cref="ArgumentException">One does not; the message says which, its value and what is allowed, without the password.</exception>
    internal NpgsqlConnectionStringBuilder Check()
    {
        if (MaxQueue < 1)
        {
            throw new ArgumentException($"{nameof(PostgresStoreOptions)}.{nameof(MaxQueue)} is {MaxQueue}: set it to 1 or more.");
        }

        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            // Not even the exception's message is shown: it can quote a part of a password that has a semicolon.
            throw new ArgumentException($"{nameof(PostgresStoreOptions)}.{nameof(ConnectionString)} cannot be read (it is not shown, for it may hold a password). Write it as 'Host=…;Database=…;Username=…;Password=…'; quote values that have semicolons.");
        }

        return string.IsNullOrWhiteSpace(connection.Host)
            ? throw new ArgumentException($"{nameof(PostgresStoreOptions)}.{nameof(ConnectionString)} names no host: write it as 'Host=…;Database=…;Username=…;Password=…'.")
            : connection;
    }
}

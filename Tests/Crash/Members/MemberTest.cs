using Npgsql;

namespace Orleans.Workflows.Crash.Members;

/// <summary>A database of the test's own on a real server, and the silos that are members of its cluster.</summary>
public abstract class MemberTest(ITestOutputHelper output, DatabaseFixture databases)
    : CrashTest(output),
        IAsyncLifetime
{
    /// <summary>
    /// How long it takes at most until a silo that was killed or frozen is declared dead: docs/operations/cluster.md
    /// adds it up.
    /// </summary>
    protected static readonly TimeSpan FailureDetection = TimeSpan.FromSeconds(12);

    public async ValueTask InitializeAsync() => ConnectionString = await CreateDatabaseAsync();

    /// <summary>
    /// Makes the test's database, on the server that the tests share unless the test has one of its own.
    /// </summary>
    protected virtual Task<string> CreateDatabaseAsync() => databases.CreateAsync(GetType().Name);

    /// <summary>Reads rows of one column of the database.</summary>
    protected async Task<IReadOnlyList<T>> ReadAsync<T>(string query)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }
}

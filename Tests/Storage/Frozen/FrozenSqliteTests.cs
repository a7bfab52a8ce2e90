using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.StorageTests.Sqlite;

namespace Orleans.Workflows.StorageTests.Frozen;

/// <summary>The frozen SQLite file.</summary>
public sealed class FrozenSqliteTests : FrozenStoreTests
{
    private const string SchemaSql =
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name <> 'owf_schema' ORDER BY "
        + "type, name";

    private readonly SqliteSource _source = new();

    // As if messages after the last one had been purged.
    protected override long LastSequence => 40;

    [Fact]
    public async Task Schema_BroughtUpToDate_IsThatOfANewDatabase()
    {
        var fresh = new SqliteSource();
        await using (var store = fresh.Create())
        {
            await store.InitializeAsync(Token);
        }

        var expected = await ReadAsync(fresh.File, SchemaSql);
        fresh.Delete();

        (await ReadAsync(_source.File, SchemaSql)).ShouldBe(expected);
        (await ReadAsync(_source.File, "PRAGMA integrity_check")).ShouldBe(["ok"]);
    }

    /// <inheritdoc/>
    protected override async Task<IProcessStore> CopyAsync()
    {
        File.Copy(FileOf("sqlite-0001.db"), _source.File);
        await ReadAsync(_source.File, $"UPDATE sqlite_sequence SET seq = {LastSequence} WHERE name = 'inbox'");
        return _source.Create();
    }

    /// <inheritdoc/>
    protected override void Delete() => _source.Delete();

    private static async Task<List<string>> ReadAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}

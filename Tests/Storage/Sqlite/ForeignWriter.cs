using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>Another program that holds the file's write lock.</summary>
internal sealed class ForeignWriter : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Takes the lock.</summary>
    /// <param name="file">The file.</param>
    public ForeignWriter(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("BEGIN IMMEDIATE");
    }

    /// <summary>Gives the lock back.</summary>
    public void LetGo() => Execute("ROLLBACK");

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>A connection that reads, with the statements that it has prepared.</summary>
/// <param name="connection">The connection, open; the session closes it.</param>
internal sealed class ReadSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = [];

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>A statement whose text is always the same; it stays prepared.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="parameters">The names of its parameters, in order.</param>
    /// <returns>The statement, which belongs to the session.</returns>
    public Statement Prepared(string sql, string parameters = "")
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            _prepared.Add(sql, statement = new Statement(connection, sql, parameters));
        }

        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}

using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>A prepared statement of one connection.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">The connection, open.</param>
    /// <param name="sql">The SQL.</param>
    /// <param name="parameters">
    /// The names of its parameters, separated by spaces, in the order in which their values will be given.
    /// </param>
    public Statement(SqliteConnection connection, string sql, string parameters = "")
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _command.Parameters.Add(new SqliteParameter(name, null));
        }
    }

    /// <summary>Executes it.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Executes it for one value.</summary>
    /// <returns>The first column of the first row; null when there is none, or it is null.</returns>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is var value && value is DBNull ? null : value;
    }

    /// <summary>Executes it for rows.</summary>
    /// <typeparam name="T">What a row becomes.</typeparam>
    public List<T> Query<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count)
        {
            throw new InvalidOperationException(
                $"{_command.Parameters.Count} values are needed and {values.Length} were given: {_command.CommandText}"
            );
        }

        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}

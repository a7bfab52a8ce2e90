using System.Data.Common;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>Changes what a database has.</summary>
/// <param name="connect">Makes a connection.</param>
/// <param name="inputsApart">Whether inputs have a table of their own.</param>
internal sealed class SqlByHand(Func<DbConnection> connect, bool inputsApart) : IByHand
{
    private const string Number = "number = (SELECT number FROM process WHERE id = @id)";

    public async Task<byte[]> ChangeAsync(ProcessId id, string column, Func<byte[], byte[]> change)
    {
        var table = column == "input" && inputsApart ? "process_input" : "process";
        var was = (byte[])(await RunAsync($"SELECT {column} FROM {table} WHERE {Number}", ("id", id.Value)))!;
        await RunAsync(
            $"UPDATE {table} SET {column} = @value WHERE {Number}",
            ("id", id.Value),
            ("value", change(was)));
        return was;
    }

    public Task SetTypeAsync(ProcessId id, string type, int version) =>
        RunAsync(
            "UPDATE process SET type = @type, definition_version = @version WHERE id = @id",
            ("id", id.Value),
            ("type", type),
            ("version", version));

    public Task SetMessagesAsync(ProcessId receiver, byte[] payload) =>
        RunAsync(
            "UPDATE inbox SET payload = @payload WHERE process_id = @id",
            ("id", receiver.Value),
            ("payload", payload));

    public Task DeleteHistoryAsync(ProcessId id, long first, long last) =>
        RunAsync(
            $"DELETE FROM history WHERE {Number} AND version BETWEEN @first AND @last",
            ("id", id.Value),
            ("first", first),
            ("last", last));

    public async Task DeleteAsync(ProcessId id)
    {
        foreach (var table in inputsApart ? ["history", "process_input"] : new[] { "history" })
        {
            await RunAsync($"DELETE FROM {table} WHERE {Number}", ("id", id.Value));
        }

        await RunAsync("DELETE FROM inbox WHERE process_id = @id", ("id", id.Value));
        await RunAsync("DELETE FROM process WHERE id = @id", ("id", id.Value));
    }

    public Task SetOperationAsync(ProcessId id, Guid operation) =>
        RunAsync(
            "UPDATE process SET last_operation = @operation WHERE id = @id",
            ("id", id.Value),
            ("operation", inputsApart ? operation.ToByteArray() : operation));

    public async Task<bool> BreakHistoryAsync(ProcessId id, long version)
    {
        await RunAsync(
            $"UPDATE history SET events = '[broken' WHERE {Number} AND version = @version",
            ("id", id.Value),
            ("version", version));
        return true;
    }

    private async Task<object?> RunAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are those above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteScalarAsync();
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// A session by the bare protocol, which can stop wherever a frozen process does: between two messages, in the midst of
/// one, without reading.
/// </summary>
internal sealed class RawSession : IAsyncDisposable
{
    private readonly TcpClient _client = new() { ReceiveBufferSize = 4_096 };

    /// <summary>Connects. The server trusts loopback.</summary>
    /// <param name="database">How.</param>
    /// <param name="name">The session's name.</param>
    /// <returns>The session.</returns>
    public static async Task<RawSession> OpenAsync(string database, string name)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        var session = new RawSession();
        await session._client.ConnectAsync(to.Host!, to.Port, TestContext.Current.CancellationToken);
        var startup = Encoding.ASCII.GetBytes(
            $"\0\u0003\0\0user\0{to.Username}\0database\0{to.Database}\0application_name\0{name}\0\0");
        await session.SendAsync([.. Length(startup.Length), .. startup]);
        return session;
    }

    /// <summary>Sends statements as one simple query, and reads no answer.</summary>
    /// <param name="sql">The statements.</param>
    /// <returns>Completes when it is sent.</returns>
    public Task QueryAsync(string sql) => MessageAsync('Q', $"{sql}\0");

    /// <summary>
    /// Sends a statement as a batch of several does, and then nothing: neither the next statement nor the end of the
    /// batch.
    /// </summary>
    /// <param name="sql">The statement.</param>
    /// <returns>Completes when it is sent.</returns>
    public async Task BeginBatchAsync(string sql)
    {
        await MessageAsync('P', $"\0{sql}\0\0\0");
        await MessageAsync('B', "\0\0\0\0\0\0\0\0");
        await MessageAsync('E', "\0\0\0\0\0");
        await MessageAsync('H', "");
    }

    /// <summary>Whether the server has ended it.</summary>
    /// <returns>Whether it has.</returns>
    public async Task<bool> IsEndedAsync()
    {
        var rest = new byte[65_536];
        try
        {
            while (await _client.GetStream().ReadAsync(rest, TestContext.Current.CancellationToken) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task MessageAsync(char kind, string body)
    {
        var bytes = Encoding.ASCII.GetBytes(body);
        return SendAsync([(byte)kind, .. Length(bytes.Length), .. bytes]);
    }

    private async Task SendAsync(byte[] bytes) =>
        await _client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);

    private static byte[] Length(int body)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, body + 4);
        return bytes;
    }
}

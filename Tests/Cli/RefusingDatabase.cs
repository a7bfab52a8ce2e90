using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Workflows.CliTests;

/// <summary>A server of PostgreSQL that lets nobody in, for a reason of the test's choice.</summary>
internal sealed class RefusingDatabase : IDisposable
{
    private const int RequestOfEncryption = 80877103;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _refusal;

    /// <summary>Starts it.</summary>
    /// <param name="sqlState">The code of the refusal.</param>
    /// <param name="message">Its text.</param>
    public RefusingDatabase(string sqlState, string message)
    {
        var fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0\0");
        _refusal = [(byte)'E', .. new byte[4], .. fields];
        BinaryPrimitives.WriteInt32BigEndian(_refusal.AsSpan(1), fields.Length + 4);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Database=workflows;Username=owf;Password=geheim";

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await RefuseAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RefuseAsync(NetworkStream stream)
    {
        var head = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - head.Length]);
            if (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) != RequestOfEncryption)
            {
                break;
            }

            await stream.WriteAsync("N"u8.ToArray());
        }

        await stream.WriteAsync(_refusal);
    }
}

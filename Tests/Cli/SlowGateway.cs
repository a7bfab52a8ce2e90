using System.Net;
using System.Net.Sockets;

namespace Orleans.Workflows.CliTests;

/// <summary>The gateway of a silo that says nothing to the first who connects, as one on a busy machine.</summary>
internal sealed class SlowGateway : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<IDisposable> _open = [];
    private readonly IPEndPoint _gateway;

    /// <summary>Starts it.</summary>
    /// <param name="gateway">The true gateway.</param>
    public SlowGateway(IPEndPoint gateway)
    {
        _gateway = gateway;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many have connected.</summary>
    public int Connections { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        lock (_open)
        {
            _open.ForEach(static connection => connection.Dispose());
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = Keep(await _listener.AcceptTcpClientAsync());
                if (++Connections > 1)
                {
                    var silo = Keep(new TcpClient());
                    await silo.ConnectAsync(_gateway);
                    _ = client.GetStream().CopyToAsync(silo.GetStream());
                    _ = silo.GetStream().CopyToAsync(client.GetStream());
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private TcpClient Keep(TcpClient connection)
    {
        lock (_open)
        {
            _open.Add(connection);
        }

        return connection;
    }
}

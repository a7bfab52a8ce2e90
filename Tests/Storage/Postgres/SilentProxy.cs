using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// A way to the server that can be cut in silence: from then on nothing passes, and neither end is told, as when a
/// switch fails or a machine loses its power.
/// </summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    /// <summary>How a reply ends whose session has a transaction open.</summary>
    private static readonly byte[] InTransaction = [(byte)'Z', 0, 0, 0, 5, (byte)'T'];

    /// <summary>And one that says no more than that it has begun: what locks rows is behind it.</summary>
    private static readonly byte[] Begun = [.. "BEGIN\0"u8, .. InTransaction];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NpgsqlConnectionStringBuilder _to;
    private readonly Task _accepting;
    private volatile bool _cutsInTransaction;

    /// <summary>Opens a way to a server.</summary>
    /// <param name="connectionString">How to connect to it without the way.</param>
    public SilentProxy(string connectionString)
    {
        _to = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>How to connect by this way.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Cuts all of its connections when the server says next that one of them has done something in a transaction that
    /// is open: that session's client does not learn it, and sends nothing more.
    /// </summary>
    /// <returns>Completes when they are cut.</returns>
    public Task CutInTransactionAsync()
    {
        _cutsInTransaction = true;
        return _cut.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(passing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(_to.Host!, _to.Port, _stop.Token);
            var (there, back) = (
                CopyAsync(client.GetStream(), server.GetStream(), isReply: false),
                CopyAsync(server.GetStream(), client.GetStream(), isReply: true));
            await Task.WhenAny(there, back);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isReply)
    {
        var bytes = new byte[65_536];
        while (await from.ReadAsync(bytes, _stop.Token) is > 0 and var read)
        {
            var reply = bytes.AsSpan(0, read);
            if (isReply && _cutsInTransaction && reply.EndsWith(InTransaction) && !reply.EndsWith(Begun))
            {
                _cut.TrySetResult();
            }

            // What comes after the cut is read, so that neither end's machine notices anything.
            if (!_cut.Task.IsCompleted)
            {
                await to.WriteAsync(bytes.AsMemory(0, read), _stop.Token);
            }
        }

        if (_cut.Task.IsCompleted)
        {
            // One end has given up: the other one is not told.
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
        }
    }
}

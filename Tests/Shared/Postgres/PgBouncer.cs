using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Shared.Postgres;

/// <summary>A pooler of its own before a server, on loopback, which ends with the test.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "pgbouncer";
    private const int PortAttempts = 10;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly OsProcess _process;
    private readonly string _settings;

    private PgBouncer(OsProcess process, string settings, int port)
    {
        _process = process;
        _settings = settings;
        Port = port;
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="mode">How it pools: 'session', 'transaction' or 'statement'.</param>
    /// <param name="settings">More lines of its settings: 'ignore_startup_parameters = options'.</param>
    /// <returns>The pooler, which takes connections.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it printed.</exception>
    public static async Task<PgBouncer> StartAsync(PostgresServer server, string mode, params string[] settings)
    {
        ArgumentNullException.ThrowIfNull(server);
        var printed = "";
        for (var attempt = 0; attempt < PortAttempts; attempt++)
        {
            var port = FreePort();
            var file = Path.Combine(server.Folder, $"pgbouncer-{port}.ini");
            await File.WriteAllTextAsync(
                file,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port} user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = any
                pool_mode = {mode}
                default_pool_size = 50
                {string.Join('\n', settings)}

                """);
            string[] command = [.. UnprivilegedUser.Command, Find(), file];
            var process = OsProcess.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            while (await process.StandardError.ReadLineAsync().WaitAsync(Limit) is { } line)
            {
                printed = $"{printed}{line}\n";
                if (line.Contains("process up", StringComparison.Ordinal))
                {
                    // It goes on to print, and would stand still with a pipe that is full.
                    _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                    return new PgBouncer(process, file, port);
                }
            }

            process.Dispose();
        }

        throw new InvalidOperationException($"Expected: {Program} starts. It printed: {printed}");
    }

    /// <summary>The same database, over the pooler.</summary>
    /// <param name="connectionString">How to connect to it at its server.</param>
    /// <returns>How to connect to it over the pooler.</returns>
    public string Over(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = Port }.ConnectionString;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_settings);
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(static folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"PgBouncer is not installed. Install the Debian package '{Program}', or run ./test.sh as root, which "
                + "does.");

    // Somebody else may take it before the pooler does: then that ends, and the next one is tried.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

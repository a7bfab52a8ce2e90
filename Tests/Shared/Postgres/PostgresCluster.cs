using System.Diagnostics;
using System.Globalization;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Shared.Postgres;

/// <summary>The directory of a server, and the server's process while there is one.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly PostgresBinaries _binaries;
    private readonly PostgresGuard _guard;
    private OsProcess? _process;
    private long _logStart;

    private PostgresCluster(PostgresBinaries binaries, string directory)
    {
        _binaries = binaries;
        Folder = directory;
        _guard = PostgresGuard.Start(directory);
    }

    /// <summary>Has the server's files, its log and its socket.</summary>
    public string Folder { get; }

    /// <summary>The number of the server's process.</summary>
    /// <exception cref="InvalidOperationException">The server is stopped.</exception>
    public int ProcessId => IsRunning ? _process!.Id : throw new InvalidOperationException("The server is stopped.");

    /// <summary>Whether there is a server.</summary>
    public bool IsRunning => _process is { HasExited: false };

    private string Data => Path.Combine(Folder, "data");

    private string Log => Path.Combine(Folder, "log");

    /// <summary>Makes the files of a new server.</summary>
    /// <param name="binaries">PostgreSQL's programs.</param>
    /// <param name="superuser">The name of its first user, who needs no password.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <returns>The files, without a server yet.</returns>
    public static async Task<PostgresCluster> CreateAsync(
        PostgresBinaries binaries,
        string superuser,
        CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(
            binaries,
            Path.Combine(Path.GetTempPath(), $"owf-postgres-{Guid.NewGuid():N}"));
        try
        {
            using var initdb = cluster.Launch(
                binaries.Path("initdb"),
                [
                    "--pgdata",
                    cluster.Data,
                    "--no-locale",
                    "--encoding=UTF8",
                    "--auth=trust",
                    $"--username={superuser}",
                    "--no-sync",
                    "--no-instructions",
                ]);
            await initdb.WaitForExitAsync(cancellationToken);
            return initdb.ExitCode == 0
                ? cluster
                : throw await cluster.FailureAsync("PostgreSQL's files cannot be made.", initdb);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and waits until it takes connections.</summary>
    /// <param name="port">The port on loopback.</param>
    /// <param name="settings">More settings.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the port is taken, in which case there is no server.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has the end of its log.</exception>
    public async Task<bool> TryStartAsync(int port, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        string[] all =
        [
            "listen_addresses=127.0.0.1",
            $"port={port}",
            $"unix_socket_directories={Folder}",
            "max_connections=200",
            .. settings,
        ];
        _logStart = new FileInfo(Log).Length;
        _process?.Dispose();
        _process = Launch(
            _binaries.Path("postgres"),
            ["-D", Data, .. all.SelectMany(static setting => new[] { "-c", setting })]);
        var watch = Stopwatch.StartNew();
        while (!IsReady())
        {
            if (_process.HasExited)
            {
                return ReadLog().Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
                    ? false
                    : throw await FailureAsync("PostgreSQL does not start.", _process);
            }

            if (watch.Elapsed > StartLimit)
            {
                await StopAsync(PostgresStop.Immediate);
                throw await FailureAsync($"Expected within {StartLimit}: PostgreSQL takes connections.", _process);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return true;
    }

    /// <summary>Stops the server if there is one; the files stay.</summary>
    /// <param name="stop">How.</param>
    /// <returns>Completes when it has ended.</returns>
    public async Task StopAsync(PostgresStop stop)
    {
        if (!IsRunning)
        {
            return;
        }

        using var kill = OsProcess.Start(
            "/bin/sh",
            ["-c", "kill -s \"$0\" \"$1\"", stop is PostgresStop.Fast ? "INT" : "QUIT", $"{ProcessId}"]);
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                $"Expected within {StopLimit}: PostgreSQL stops ({stop}). The end of its "
                + $"log:{Environment.NewLine}{Tail()}",
                e);
        }
    }

    /// <summary>Signals the server, then the processes of its sessions: a frozen server makes no new ones.</summary>
    /// <param name="signal">The signal: 'STOP'.</param>
    public void Signal(string signal)
    {
        var server = $"{ProcessId}";
        Send(server);
        Send(File.ReadAllText($"/proc/{server}/task/{server}/children").TrimEnd());

        // A session may end meanwhile.
        void Send(string processes)
        {
            using var kill = OsProcess.Start("/bin/sh", ["-c", $"kill -s {signal} {processes} 2>/dev/null"]);
            kill.WaitForExit();
        }
    }

    /// <summary>Copies the data of the running server, as of one moment.</summary>
    /// <param name="name">The copy's folder, beside the data's.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="superuser">Who connects.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>Completes when a server could start on the copy.</returns>
    public async Task CopyAsync(string name, int port, string superuser, CancellationToken cancellationToken)
    {
        _logStart = new FileInfo(Log).Length;
        using var backup = Launch(
            _binaries.Path("pg_basebackup"),
            [
                "--pgdata",
                Path.Combine(Folder, name),
                "--host=127.0.0.1",
                $"--port={port}",
                $"--username={superuser}",
                "--checkpoint=fast",
                "--wal-method=stream",
                "--no-sync",
            ]);
        await backup.WaitForExitAsync(cancellationToken);
        if (backup.ExitCode != 0)
        {
            throw await FailureAsync("PostgreSQL's files cannot be copied.", backup);
        }
    }

    /// <summary>Puts a copy in the place of the stopped server's data, which are gone then.</summary>
    /// <param name="name">The copy's folder.</param>
    public void PutInPlace(string name)
    {
        Directory.Delete(Data, recursive: true);
        Directory.Move(Path.Combine(Folder, name), Data);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            // A test may have ended while it was frozen.
            Signal("CONT");
        }

        await StopAsync(PostgresStop.Immediate);
        _process?.Dispose();
        await _guard.DisposeAsync();
    }

    private OsProcess Launch(string file, IEnumerable<string> arguments)
    {
        // The shell only opens the log and then becomes the program, so its id is the program's.
        string[] command =
        [
            .. UnprivilegedUser.Command,
            "/bin/sh",
            "-c",
            "umask 077; mkdir -p \"$0\" && exec \"$@\" </dev/null >>\"$0/log\" 2>&1",
            Folder,
            file,
            .. arguments,
        ];

        // The user who runs it may not be allowed to enter the folder in which the tests run.
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardError = true,
        };

        // The log is read here, and a test must find in it what it expects.
        start.Environment["LC_ALL"] = "C";
        return OsProcess.Start(start)!;
    }

    // The server tells its state in the eighth line of its file, as pg_ctl reads it. Connecting would not tell whose
    // port that is.
    private bool IsReady()
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(Data, "postmaster.pid"));
            return lines.Length >= 8
                && lines[0] == _process!.Id.ToString(CultureInfo.InvariantCulture)
                && lines[7].Trim() is ("ready" or "standby");
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<InvalidOperationException> FailureAsync(string what, OsProcess process) =>
        new($"{what} {await process.StandardError.ReadToEndAsync()} The end of its log:{Environment.NewLine}{Tail()}");

    private string Tail() => string.Join('\n', ReadLog().Split('\n').TakeLast(30));

    private string ReadLog()
    {
        if (!File.Exists(Log))
        {
            return "";
        }

        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = _logStart;
        using var reader = new StreamReader(log);
        return reader.ReadToEnd();
    }
}

using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Shared.Postgres;

/// <summary>
/// Ends a server and removes its directory when the process that started it is gone, however it went.
/// </summary>
/// <remarks>
/// It is a shell that reads a pipe whose other end only the starting process holds: the kernel closes that end even
/// after a SIGKILL. The parent-death signal would not do: it comes when the thread that started the server ends, which
/// for a thread of the pool is any time, and it removes no directory. The guard is a session of its own and nobody's
/// child, so that what kills the starting process together with its group or its children leaves the guard to do its
/// work.
/// </remarks>
internal sealed class PostgresGuard : IAsyncDisposable
{
    private const string Script = """
        exec 2>&1
        cat >/dev/null
        cd /
        data=$1/data
        # Its own file names the server; a process with that number that works elsewhere is another one, or has ended.
        works() { [ "/proc/$server/cwd" -ef "$data" ]; }
        if read -r server <"$data/postmaster.pid" && works; then
          kill -s QUIT "$server"
          tries=0
          while works && [ $tries -lt 100 ]; do
            tries=$((tries + 1))
            sleep 0.1
          done
        fi 2>/dev/null
        # Whoever still writes there, such as initdb, fails once its files are gone.
        rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly string _directory;
    private readonly OsProcess _process;

    private PostgresGuard(string directory, OsProcess process)
    {
        _directory = directory;
        _process = process;
    }

    /// <summary>Guards a directory, which need not exist yet.</summary>
    /// <param name="directory">The directory; the server's files are in its folder 'data'.</param>
    /// <returns>The guard.</returns>
    public static PostgresGuard Start(string directory)
    {
        var command = Command(directory);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new PostgresGuard(directory, OsProcess.Start(start)!);
    }

    /// <summary>The program that guards a directory until its standard input ends.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>The program and its arguments.</returns>
    public static IReadOnlyList<string> Command(string directory) =>
        ["setsid", "--fork", .. UnprivilegedUser.Command, "/bin/sh", "-c", Script, "postgres-guard", directory];

    /// <summary>Lets it do its work.</summary>
    /// <returns>Completes when it has.</returns>
    /// <exception cref="InvalidOperationException">It could not; the message says why.</exception>
    /// <exception cref="TimeoutException">It is not done in time.</exception>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            var complaint = await _process.StandardOutput.ReadToEndAsync(limit.Token);
            if (Directory.Exists(_directory))
            {
                throw new InvalidOperationException($"Expected: {_directory} is removed. {complaint}");
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException(
                $"Expected within {EndLimit}: the guard of {_directory} has removed it and ended. Another process may "
                + "hold its pipe.",
                e);
        }
        finally
        {
            _process.Dispose();
        }
    }
}

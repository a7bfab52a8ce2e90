using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CrashHost.Storm.Network;

/// <summary>Removes a network, with what runs in it, when the process that made it is gone, however it went.</summary>
/// <remarks>
/// As PostgreSQL's guard: a shell that reads a pipe whose other end only that process holds, in a session of its own.
/// </remarks>
internal sealed class NetworkGuard : IAsyncDisposable
{
    private const string Script = """
        exec 2>&1
        cat >/dev/null
        bridge=$1
        shift
        for host; do
          for process in $(ip netns pids "$host" 2>/dev/null); do kill -s KILL "$process"; done
          ip link del "$host" 2>/dev/null
          ip netns del "$host" 2>/dev/null
        done
        ip link del "$bridge" 2>/dev/null
        ip link show "$bridge" 2>/dev/null
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly OsProcess _process;

    private NetworkGuard(OsProcess process) => _process = process;

    /// <summary>Guards a network, which need not exist yet.</summary>
    /// <param name="bridge">The bridge.</param>
    /// <param name="hosts">The namespaces; the devices that join them to the bridge have the same names.</param>
    /// <returns>The guard.</returns>
    public static NetworkGuard Start(string bridge, IEnumerable<string> hosts)
    {
        string[] arguments = ["--fork", "/bin/sh", "-c", Script, "network-guard", bridge, .. hosts];
        return new NetworkGuard(
            OsProcess.Start(
                new ProcessStartInfo("setsid", arguments)
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!);
    }

    /// <summary>Lets it do its work.</summary>
    /// <returns>Completes when the network is gone.</returns>
    /// <exception cref="InvalidOperationException">It is not; the message says what is left.</exception>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using (_process)
        {
            var left = await _process.StandardOutput.ReadToEndAsync().WaitAsync(EndLimit);
            if (left.Length > 0)
            {
                throw new InvalidOperationException($"Expected: the network is removed. There is still: {left}");
            }
        }
    }
}

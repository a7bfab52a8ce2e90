using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>A client service under load, in a process of its own.</summary>
public sealed class LoadProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(90);

    private readonly OsProcess _process;
    private readonly CrashFolder _folder;
    private readonly ConcurrentQueue<string> _output = new();
    private int _started;
    private int _finished;

    private LoadProcess(OsProcess process, CrashFolder folder, string prefix) =>
        (_process, _folder, Prefix) = (process, folder, prefix);

    /// <summary>How the ids of its processes begin.</summary>
    public string Prefix { get; }

    /// <summary>How many processes it has started.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>How many of its processes ended with the result that they had to have.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>What failed.</summary>
    public IReadOnlyList<string> Failures =>
        [.. _output.Where(static line => !line.StartsWith("LOAD ", StringComparison.Ordinal))];

    /// <summary>Begins.</summary>
    /// <param name="folder">What the cluster works on.</param>
    /// <param name="concurrency">How many processes at a time.</param>
    /// <param name="operationTimeout">How long the client tries an operation.</param>
    /// <param name="assembly">The program; null for this build's.</param>
    /// <returns>The load.</returns>
    public static LoadProcess Start(
        CrashFolder folder,
        int concurrency,
        TimeSpan operationTimeout,
        string? assembly = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        const string Prefix = "load-";
        string[] args =
        [
            assembly ?? HostProcess.Assembly(),
            "load",
            $"--Gates={folder.Gates}",
            $"--Prefix={Prefix}",
            $"--ClusterId={folder.ClusterId}",
            $"--Concurrency={concurrency}",
            $"--OperationTimeout={operationTimeout.ToString("c", CultureInfo.InvariantCulture)}",
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Workflows"] = folder.ConnectionString;
        HostProcess.CompileOnce(start);
        var load = new LoadProcess(new OsProcess { StartInfo = start }, folder, Prefix);
        load._process.OutputDataReceived += (_, line) => load.Read(line.Data);
        load._process.ErrorDataReceived += (_, line) => load.Read(line.Data);
        load._process.Start();
        load._process.BeginOutputReadLine();
        load._process.BeginErrorReadLine();
        return load;
    }

    /// <summary>Waits until more of its processes have finished.</summary>
    /// <param name="more">How many more.</param>
    /// <param name="deadline">How long at most.</param>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> GoesOnAsync(int more, TimeSpan deadline)
    {
        var target = Finished + more;
        return Eventually.TrueAsync(
            () => Task.FromResult(Finished >= target || _process.HasExited),
            deadline,
            () =>
                $"the load finishes {more} more processes; it has started {Started} and finished {Finished}. "
                + $"{string.Join(Environment.NewLine, Failures)}");
    }

    /// <summary>Lets it finish what it has begun.</summary>
    /// <returns>Its exit code: 0 when nothing failed.</returns>
    public async Task<int> EndAsync()
    {
        _folder.Open("load-stop");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Expected within {EndLimit}: the load ends; it has started {Started} and finished {Finished}. "
                + $"{string.Join(Environment.NewLine, Failures)}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line?.Split(' ') is ["LOAD", var started, var finished])
        {
            Volatile.Write(ref _started, int.Parse(started, CultureInfo.InvariantCulture));
            Volatile.Write(ref _finished, int.Parse(finished, CultureInfo.InvariantCulture));
        }
        else if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}

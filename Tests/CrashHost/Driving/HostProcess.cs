using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>A silo in a process of its own, which can be killed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private const int MostStarts = 3;

    private readonly OsProcess _process;
    private readonly CancellationTokenSource _exited = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<(IPEndPoint Gateway, int Health, string Address)> _ready = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(OsProcess process) => _process = process;

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Gateway { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Where it answers health probes.</summary>
    public Uri Health { get; private set; } = new("http://127.0.0.1");

    /// <summary>Its address with its generation, as rows name their owner.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Is cancelled when it has ended.</summary>
    public CancellationToken Exited => _exited.Token;

    /// <summary>Everything that it has printed.</summary>
    public IReadOnlyCollection<string> Lines => _output;

    private bool HasLostItsPort =>
        _output.Any(static line => line.Contains("AddressInUseException", StringComparison.Ordinal));

    /// <summary>The end of what it has printed.</summary>
    public string Output => string.Join(Environment.NewLine, _output.TakeLast(60));

    /// <summary>Starts a silo and waits until it takes calls.</summary>
    /// <param name="folder">What it works on.</param>
    /// <param name="options">More options: 'Workflows:Engine:GracePeriod=00:00:02'.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it printed.</exception>
    public static Task<HostProcess> StartAsync(CrashFolder folder, params string[] options) =>
        StartAsync(folder, launcher: [], options);

    /// <summary>Starts a silo by another program and waits until it takes calls.</summary>
    /// <param name="folder">What it works on.</param>
    /// <param name="launcher">
    /// Begins the command; each part of it has to replace itself by the next one, so that the process is the silo's.
    /// </param>
    /// <param name="options">More options.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it printed.</exception>
    public static Task<HostProcess> StartAsync(
        CrashFolder folder,
        IReadOnlyList<string> launcher,
        params string[] options) => StartAsync(folder, Assembly(), launcher, options);

    /// <summary>Starts a silo of another build and waits until it takes calls.</summary>
    /// <param name="folder">What it works on.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="launcher">
    /// Begins the command; each part of it has to replace itself by the next one, so that the process is the silo's.
    /// </param>
    /// <param name="options">More options.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it printed.</exception>
    public static async Task<HostProcess> StartAsync(
        CrashFolder folder,
        string assembly,
        IReadOnlyList<string> launcher,
        params string[] options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(launcher);
        ArgumentNullException.ThrowIfNull(options);
        string[] args =
        [
            assembly,
            $"--Workflows:DataFolder={folder.Data}",
            $"--Workflows:ClusterId={folder.ClusterId}",
            "--Workflows:Schema=Apply",
            $"--Ledger={folder.Ledger}",
            $"--Gates={folder.Gates}",
            .. options.Select(static option => $"--{option}"),
        ];

        // The shell only forbids core dumps and then becomes the silo, so its id is the silo's.
        string[] command =
        [
            .. launcher,
            "/bin/sh",
            "-c",
            "ulimit -c 0; exec \"$0\" \"$@\"",
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            .. args,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (folder.ConnectionString is { } database)
        {
            start.Environment["ConnectionStrings__Workflows"] = database;
        }

        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        CompileOnce(start);
        for (var attempt = 1; ; attempt++)
        {
            var host = new HostProcess(new OsProcess { StartInfo = start, EnableRaisingEvents = true });
            try
            {
                await host.StartAsync();
                return host;
            }
            catch (InvalidOperationException) when (attempt < MostStarts && host.HasLostItsPort)
            {
                // A silo that started beside it has chosen the same free port, and listened there first.
                await host.DisposeAsync();
            }
        }
    }

    /// <summary>Kills it as if the machine had lost its power (SIGKILL).</summary>
    /// <returns>Completes when it is gone.</returns>
    public Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        return _process.WaitForExitAsync();
    }

    /// <summary>
    /// Freezes it in the midst of what it does (SIGSTOP): its connections stay open, and nothing comes out of them.
    /// </summary>
    /// <returns>Completes when it is frozen.</returns>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on as if no time had passed (SIGCONT).</summary>
    /// <returns>Completes when it goes on.</returns>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>Tells it to stop (SIGTERM).</summary>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        await SignalAsync("TERM");
        return await ExitAsync(limit);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <param name="limit">How long.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It has not; the message has what it printed.</exception>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Expected within {limit}: the silo ends. It printed:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Asks for its health.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it answers to a probe for readiness.</returns>
    public async Task<(HttpStatusCode Status, string Text)> ReadyAsync(CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = Health };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _exited.Dispose();
    }

    /// <summary>
    /// Silos and clients of a test live for half a minute. To compile again, better, what they run often costs them a
    /// third of their processor time.
    /// </summary>
    /// <param name="start">How one is started.</param>
    internal static void CompileOnce(ProcessStartInfo start)
    {
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
    }

    /// <summary>The program that silos and loads are.</summary>
    /// <returns>Its file.</returns>
    internal static string Assembly()
    {
        // Its own folder, and not the copy beside the tests: that one is instrumented for coverage while the tests run.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.FullName, "..", "..", "CrashHost", here.Name, "Orleans.Workflows.CrashHost.dll");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = OsProcess.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task StartAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => Ended();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            var (gateway, health, address) = await _ready.Task.WaitAsync(StartLimit);
            (Gateway, Health, Address) = (gateway, new Uri($"http://{gateway.Address}:{health}"), address);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            await KillAsync();
            throw new InvalidOperationException(
                $"Expected within {StartLimit}: the silo is ready. {e.Message} It "
                + $"printed:{Environment.NewLine}{Output}",
                e);
        }
    }

    private void Ended()
    {
        _ready.TrySetException(new InvalidOperationException("It ended."));
        _ = _exited.CancelAsync();
    }

    private void Read(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            if (line.Split(' ') is ["READY", var gateway, var health, var address])
            {
                _ready.TrySetResult(
                    (IPEndPoint.Parse(gateway), int.Parse(health, CultureInfo.InvariantCulture), address));
            }
        }
    }
}

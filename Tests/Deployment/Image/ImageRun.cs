using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Deployment.Image;

/// <summary>The image's program, started as its containers start it, on this machine's .NET.</summary>
internal sealed partial class ImageRun : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly OsProcess _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource<Uri> _health = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ImageRun(OsProcess process) => _process = process;

    /// <summary>What it has printed.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="variables">What the container sets besides the image.</param>
    /// <returns>The program.</returns>
    public static ImageRun Start(SiloImage image, IEnumerable<KeyValuePair<string, string>> variables)
    {
        string[] command =
        [
            .. image
                .Texts("Entrypoint")
                .Select(part => part.Replace("/app/", $"{image.Root}/app/", StringComparison.Ordinal)),
        ];
        var user = image.Configuration.GetProperty("User").GetString()!;
        // Like the container: a user that may write next to nothing, and never more than that. Others than root have no
        // choice of user.
        string[] all = Environment.IsPrivilegedProcess
            ?
            [
                "setpriv",
                "--reuid",
                user,
                "--regid",
                user,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                .. command,
            ]
            : command;
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = $"{image.Root}/app",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var variable in image.Texts("Env").Select(static variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        // The base image has .NET at its own place.
        start.Environment["PATH"] = path;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var run = new ImageRun(new OsProcess { StartInfo = start, EnableRaisingEvents = true });
        run.Start();
        return run;
    }

    /// <summary>Waits until a health probe succeeds.</summary>
    /// <param name="path">The probe's path.</param>
    /// <param name="limit">How long.</param>
    /// <returns>Completes when it does.</returns>
    /// <exception cref="TimeoutException">
    /// It did not; the message has the last answer and what the program printed.
    /// </exception>
    public async Task WaitForProbeAsync(string path, TimeSpan limit)
    {
        var began = TimeProvider.System.GetTimestamp();
        var answer = "none";
        try
        {
            var health = await _health.Task.WaitAsync(limit, TestContext.Current.CancellationToken);
            while (TimeProvider.System.GetElapsedTime(began) < limit)
            {
                using var response = await _http.GetAsync(new Uri(health, path), TestContext.Current.CancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }

                answer =
                    $"{(int)response.StatusCode} "
                    + $"{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
                await Task.Delay(Interval, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException or InvalidOperationException)
        {
            answer = e.Message;
        }

        throw new TimeoutException(
            $"Expected within {limit}: 200 from {path}. The last answer: {answer}. The silo printed:\n{Output}");
    }

    /// <summary>Stops it as the kubelet does (SIGTERM).</summary>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It has not ended; the message has what it printed.</exception>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        using var kill = OsProcess.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        try
        {
            await _process
                .WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(limit, TestContext.Current.CancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Expected within {limit}: the silo ends after SIGTERM. It printed:\n{Output}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    [GeneratedRegex(@"http://[\d.]+:\d+/health")]
    private static partial Regex HealthAddress();

    private void Start()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _health.TrySetException(new InvalidOperationException("It ended."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Read(string? line)
    {
        _output.Enqueue(line ?? "");
        if (HealthAddress().Match(line ?? "") is { Success: true } address)
        {
            _health.TrySetResult(new Uri(address.Value));
        }
    }
}

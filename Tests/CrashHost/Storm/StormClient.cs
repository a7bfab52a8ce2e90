using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Clients;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// A client in a process of its own, which is started again at once when it was killed, and then goes on with its log.
/// </summary>
/// <param name="number">Its number, 0 for the first.</param>
/// <param name="folder">What the cluster works on.</param>
/// <param name="database">How it connects to the database.</param>
/// <param name="options">The storm's options.</param>
internal sealed class StormClient(int number, CrashFolder folder, string database, StormOptions options)
    : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();

    // Whoever kills it may do so in the moment in which it ends, so they are kept.
    private readonly List<OsProcess> _processes = [];
    private readonly ConcurrentQueue<string> _troubles = new();
    private volatile OsProcess? _process;
    private OsProcess? _killed;

    /// <summary>The file of its log.</summary>
    public string Log => Path.Combine(folder.Root, $"{Name}.log");

    /// <summary>Whether it is in full swing: it has been told of ends.</summary>
    public bool IsBusy => File.Exists(Log) && ClientLog.Read(Log).Any(static line => line.Kind is CallKind.Done);

    /// <summary>Completes when everything that it began has ended.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>What went wrong in it beside what its log says.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    private string Name => string.Create(CultureInfo.InvariantCulture, $"client{number}");

    /// <summary>Starts it, and starts it again.</summary>
    public void Start() => Done = RunAsync();

    /// <summary>Kills it.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            _killed = process;
            process.Kill();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Kill();
        await Done;
        _processes.ForEach(static process => process.Dispose());
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var process = Begin();
            _processes.Add(process);
            var error = process.StandardError.ReadToEndAsync();
            _process = process;
            await process.WaitForExitAsync();
            _process = null;
            if (process.ExitCode == 0)
            {
                return;
            }

            if (process != _killed)
            {
                _troubles.Enqueue($"{Name} ended with {process.ExitCode}: {await error}");
                await Task.Delay(Pause, TimeProvider.System, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private OsProcess Begin()
    {
        string[] args =
        [
            HostProcess.Assembly(),
            "storm-client",
            $"--Name={Name}",
            $"--Log={Log}",
            $"--Gates={folder.Gates}",
            $"--ClusterId={folder.ClusterId}",
            Option("Seed", options.Seed),
            Option("Workers", options.Workers),
            Option("Think", (int)options.Think.TotalMilliseconds),
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", args)
        {
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Workflows"] = database;
        HostProcess.CompileOnce(start);
        return OsProcess.Start(start)!;
    }

    private static string Option(string name, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");
}

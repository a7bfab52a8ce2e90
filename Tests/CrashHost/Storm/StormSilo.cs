using System.Globalization;
using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// A silo that is started again at once whenever it ends, at the same address, as an orchestrator does.
/// </summary>
/// <param name="number">Its number, 0 for the first.</param>
/// <param name="folder">What it works on.</param>
/// <param name="launcher">Begins its command.</param>
/// <param name="options">Its options.</param>
internal sealed class StormSilo(
    int number,
    CrashFolder folder,
    IReadOnlyList<string> launcher,
    IReadOnlyList<string> options) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();

    // A fault may look at a silo that has ended, so they are kept.
    private readonly List<HostProcess> _hosts = [];
    private volatile HostProcess? _ready;
    private HostProcess? _killed;
    private Task _running = Task.CompletedTask;

    /// <summary>Its number.</summary>
    public int Number => number;

    /// <summary>The process while it takes calls; null while it is down or starts.</summary>
    public HostProcess? Ready => _ready is { HasExited: false } ready ? ready : null;

    /// <summary>Whether a fault has it: it is not killed then.</summary>
    public bool IsBusy
    {
        get;
        set
        {
            field = value;
            Times.Note(!value && Ready is not null);
        }
    }

    /// <summary>When it took calls and no fault had it.</summary>
    public SiloTimes Times { get; } = new(StormUnlike.LackedBy(number));

    /// <summary>How often it was ready.</summary>
    public int Starts { get; private set; }

    /// <summary>How often it ended before it was ready, for example because the database was away.</summary>
    public int FailedStarts { get; private set; }

    /// <summary>How often it ended without having been killed: because others had declared it dead.</summary>
    public int OwnEnds { get; private set; }

    /// <summary>Starts it, and starts it again.</summary>
    public void Start() => _running = RunAsync();

    /// <summary>Kills it.</summary>
    /// <returns>Whether it was there to be killed.</returns>
    public async Task<bool> KillAsync()
    {
        if (Ready is not { } host)
        {
            return false;
        }

        _killed = host;
        await host.KillAsync();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await KillAsync();
        await _running;
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var host = await HostProcess.StartAsync(folder, launcher, [.. options]);
                _hosts.Add(host);
                Starts++;
                _ready = host;
                Times.Note(!IsBusy);
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                await host.ExitAsync(Timeout.InfiniteTimeSpan);
                _ready = null;
                Times.Note(well: false);
                OwnEnds += host == _killed ? 0 : 1;
                Save(string.Join(Environment.NewLine, host.Lines));
            }
            catch (InvalidOperationException e)
            {
                FailedStarts++;
                Save(e.Message);
                await Task.Delay(Pause, TimeProvider.System, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Save(string text) =>
        File.WriteAllText(
            Path.Combine(
                folder.Root,
                string.Create(CultureInfo.InvariantCulture, $"silo-{number}-{Starts + FailedStarts:000}.log")),
            text);
}

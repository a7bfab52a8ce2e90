using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash;

/// <summary>
/// A folder of the test's own, and the silos and clients that work on it. All of them end with the test.
/// </summary>
public abstract class CrashTest : IAsyncDisposable
{
    /// <summary>
    /// An option of a silo that is told to stop while there is work: what it has runs elsewhere soon.
    /// </summary>
    protected const string ShortDrain = "Workflows:Engine:DrainTimeout=00:00:00.200";

    private readonly List<IAsyncDisposable> _running = [];
    private readonly ITestOutputHelper _output;
    private CrashFolder? _folder;

    protected CrashTest(ITestOutputHelper output) => _output = output;

    protected CrashFolder Folder => _folder ??= CrashFolder.Create(GetType().Name, ConnectionString);

    /// <summary>The database of a cluster; null, the default, for embedded silos.</summary>
    protected string? ConnectionString { get; set; }

    /// <summary>Options of all silos of the test, before those of each.</summary>
    protected virtual string[] SiloOptions => [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var running in _running.AsEnumerable().Reverse())
        {
            if (running is HostProcess silo)
            {
                Print($"A silo printed:{Environment.NewLine}{silo.Output}");
            }

            await running.DisposeAsync();
        }

        _folder?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<HostProcess> StartSiloAsync(params string[] options) =>
        StartSiloAsync(HostProcess.StartAsync(Folder, [.. SiloOptions, .. options]));

    /// <summary>Keeps a silo until the end of the test.</summary>
    protected async Task<HostProcess> StartSiloAsync(Task<HostProcess> starting)
    {
        var silo = await starting;
        _running.Add(silo);
        return silo;
    }

    protected async Task<HostProcess[]> StartSilosAsync(int count, params string[] options)
    {
        var starting = Enumerable
            .Range(0, count)
            .Select(_ => HostProcess.StartAsync(Folder, [.. SiloOptions, .. options]))
            .ToArray();
        try
        {
            return await Task.WhenAll(starting);
        }
        finally
        {
            _running.AddRange(
                starting.Where(static start => start.IsCompletedSuccessfully).Select(static start => start.Result));
        }
    }

    /// <summary>Connects by the gateways of silos.</summary>
    protected Task<CrashClient> ConnectAsync(params HostProcess[] silos) =>
        ConnectAsync(CrashClient.ConnectAsync(Folder, silos));

    /// <summary>Connects to the cluster of the test's database.</summary>
    protected Task<CrashClient> ConnectAsync() => ConnectAsync(CrashClient.ConnectAsync(Folder));

    /// <summary>Keeps a client until the end of the test.</summary>
    protected async Task<CrashClient> ConnectAsync(Task<CrashClient> connecting)
    {
        var client = await connecting;
        _running.Add(client);
        return client;
    }

    protected void Print(FormattableString line) => Print(FormattableString.Invariant(line));

    protected void Print(string line) => _output.WriteLine(line);
}

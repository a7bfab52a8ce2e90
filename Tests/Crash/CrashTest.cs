using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash;

/// <summary>A data folder of the test's own, and the silos and clients that work on it. All of them end with the test.</summary>
public abstract class CrashTest : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _running = [];
    private readonly ITestOutputHelper _output;

    protected CrashTest(ITestOutputHelper output)
    {
        _output = output;
        Folder = CrashFolder.Create(GetType().Name);
    }

    protected CrashFolder Folder { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running.AsEnumerable().Reverse())
        {
            if (running is HostProcess silo)
            {
                Print($"A silo printed:{Environment.NewLine}{silo.Output}");
            }

            await running.DisposeAsync();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<HostProcess> StartSiloAsync(params string[] options)
    {
        var silo = await HostProcess.StartAsync(Folder, options);
        _running.Add(silo);
        return silo;
    }

    protected async Task<CrashClient> ConnectAsync(HostProcess silo)
    {
        var client = await CrashClient.ConnectAsync(silo);
        _running.Add(client);
        return client;
    }

    protected void Print(FormattableString line) => Print(FormattableString.Invariant(line));

    protected void Print(string line) => _output.WriteLine(line);
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>
/// Runs the client in a process of its own: this program, started with the hidden command <c>drive</c>. It ends with
/// its standard input.
/// </summary>
internal sealed class RemoteDriver : ILoadDriver
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly OsProcess _process;

    private RemoteDriver(OsProcess process) => _process = process;

    /// <inheritdoc/>
    public ClientPlace Place => ClientPlace.Gateway;

    /// <summary>Starts the client's process and waits until it is connected.</summary>
    /// <param name="gateway">The silo's gateway.</param>
    /// <param name="baseline">Whether it calls the plain grains of the baseline.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The driver.</returns>
    public static async Task<RemoteDriver> StartAsync(
        IPEndPoint gateway,
        bool baseline,
        CancellationToken cancellationToken)
    {
        var driver = new RemoteDriver(
            OwnProgram.Start(["drive", "--gateway", gateway.ToString(), .. baseline ? (string[])["--baseline"] : []]));
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var (word, rest) = await driver.ReadAsync(both.Token);
        return word == "ready"
            ? driver
            : throw new BenchmarkException($"The client's process said '{word} {rest}' instead of 'ready'.");
    }

    /// <inheritdoc/>
    public async Task<LoadResult> RunAsync(LoadPlan plan, Action<int> progress, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(
            JsonSerializer.Serialize(plan, LoadJson.Default.LoadPlan).AsMemory(),
            cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        while (true)
        {
            var (word, rest) = await ReadAsync(cancellationToken);
            switch (word)
            {
                case "done":
                    progress(int.Parse(rest, CultureInfo.InvariantCulture));
                    break;
                case "result":
                    return JsonSerializer.Deserialize(rest, LoadJson.Default.LoadResult)!;
                default:
                    throw new BenchmarkException($"The client's process: {rest}");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            using var limit = new CancellationTokenSource(EndLimit, TimeProvider.System);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<(string Word, string Text)> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new BenchmarkException("The client's process ended; what it has to say is on standard error.");
        var parts = line.Split(' ', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Benchmarks.Baseline;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>
/// The other end of <see cref="RemoteDriver"/>: plans come on standard input, what becomes of them goes to standard
/// output.
/// </summary>
internal static class RemoteClient
{
    /// <summary>Carries out plans until standard input ends.</summary>
    /// <param name="gateway">The silo's gateway.</param>
    /// <param name="baseline">Whether to call the plain grains of the baseline.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes then.</returns>
    public static async Task RunAsync(IPEndPoint gateway, bool baseline, CancellationToken cancellationToken)
    {
        var settings = new HostApplicationBuilderSettings
        {
            Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
        };
        var builder = Host.CreateApplicationBuilder(settings);
        builder
            .Logging.ClearProviders()
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning);
        builder.AddWorkflowClient(client => client.Gateways.Add(gateway));
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        await host.Services.GetRequiredService<ConnectionState>().Connected.WaitAsync(cancellationToken);
        ILoadClient load = baseline
            ? new BaselineLoadClient(host.Services.GetRequiredService<IGrainFactory>())
            : new ProcessLoadClient(host.Services.GetRequiredService<IProcessClient>());
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            await CarryOutAsync(JsonSerializer.Deserialize(line, LoadJson.Default.LoadPlan)!, load, cancellationToken);
        }

        await host.StopAsync(cancellationToken);
    }

    private static async Task CarryOutAsync(LoadPlan plan, ILoadClient client, CancellationToken cancellationToken)
    {
        GC.Collect();
        try
        {
            var runner = new LoadRunner(client);
            var run = runner.RunAsync(plan, cancellationToken);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
            while (await Task.WhenAny(run, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != run)
            {
                Console.WriteLine($"done {runner.Done}");
            }

            Console.WriteLine($"result {JsonSerializer.Serialize(await run, LoadJson.Default.LoadResult)}");
        }
        catch (BenchmarkException e)
        {
            Console.WriteLine($"failed {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}

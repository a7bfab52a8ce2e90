using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows;

namespace Samples.SampleHost;

/// <summary>
/// A silo on SQLite in a folder of its own, which is removed at the end, and a client of it in the same program.
/// </summary>
public static class SampleSilo
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts the silo, runs the sample, stops the silo.</summary>
    /// <param name="processes">Says which process types it runs.</param>
    /// <param name="run">The sample.</param>
    /// <returns>Completes when the folder is removed.</returns>
    public static async Task RunAsync(Action<WorkflowsBuilder> processes, Func<IProcessClient, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var folder = Directory.CreateTempSubdirectory("orleans-workflows-sample-");
        try
        {
            var settings = new HostApplicationBuilderSettings
            {
                Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
            };
            var builder = Host.CreateApplicationBuilder(settings);
            builder
                .Logging.ClearProviders()
                .AddSimpleConsole(console => console.SingleLine = true)
                .SetMinimumLevel(LogLevel.Error);
            builder.Logging.AddFilter("Orleans.Workflows.Grains.Running.BlockedStepWatch", LogLevel.Warning);
            builder.AddWorkflowSilo(processes, silo =>
                (silo.DataFolder, silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (folder.FullName, 0, 0, 0));
            using var host = builder.Build();
            await host.StartAsync();
            await run(host.Services.GetRequiredService<IProcessClient>());
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Looks at a process until it is as expected.</summary>
    /// <param name="process">The process.</param>
    /// <param name="expected">What is expected.</param>
    /// <returns>Its status then.</returns>
    public static async Task<ProcessStatus> UntilAsync(ProcessHandle process, Func<ProcessStatus, bool> expected)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(expected);
        while (true)
        {
            var status = await process.GetStatusAsync();
            if (expected(status))
            {
                return status;
            }

            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}

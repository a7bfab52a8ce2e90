using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows;

namespace Samples.OrderFulfilment;

/// <summary>
/// The order silo as a service of its own, for clients in other programs: on SQLite, or a member of the cluster of
/// ConnectionStrings__Workflows.
/// </summary>
public static class Serve
{
    /// <summary>Runs until Ctrl+C or SIGTERM.</summary>
    public static Task RunAsync(string dataFolder)
    {
        var settings = new HostApplicationBuilderSettings
        {
            Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
        };
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.None).AddFilter("Orleans.Workflows", LogLevel.Information);
        builder.Services.AddSingleton<Payments>();
        builder.AddWorkflowSilo(
            processes => processes.AddProcess<FulfilOrder>().AddProcess<ShipParcel>(),
            silo =>
            {
                // Any free ports, so that several run beside one another. In production a job runs 'migrate', and silos
                // only verify.
                (silo.DataFolder, silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (dataFolder, 0, 0, 0);
                silo.Schema = StoreSchema.Apply;
            });
        return builder.Build().RunAsync();
    }
}

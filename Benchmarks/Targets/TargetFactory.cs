using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Benchmarks.Baseline;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Processes;

namespace Orleans.Workflows.Benchmarks.Targets;

/// <summary>Composes and starts silos.</summary>
internal static class TargetFactory
{
    /// <summary>Starts a silo.</summary>
    /// <param name="store">Where it keeps processes.</param>
    /// <param name="connectionString">
    /// The PostgreSQL database, which has its schema; null for the stores without one.
    /// </param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="configure">Changes the host of a store that is composed as in production; null for nothing.</param>
    /// <returns>The silo, which takes calls.</returns>
    public static Task<Target> StartAsync(
        StoreKind store,
        string? connectionString,
        CancellationToken cancellationToken,
        Action<IHostApplicationBuilder>? configure = null) =>
        store switch
        {
            StoreKind.Sqlite or StoreKind.Postgres => StartAsProductionAsync(
                connectionString,
                configure,
                cancellationToken),
            StoreKind.Memory => StartBareAsync(
                static silo =>
                    silo.AddMemoryGrainStorage(ControlPlane.StorageName)
                        .UseInMemoryReminderService()
                        .UseMemoryProcessStore()
                        .AddWorkflows(AddProcesses),
                cancellationToken),
            StoreKind.AdoNetBaseline => StartBareAsync(
                silo =>
                    silo.AddAdoNetGrainStorage(BaselineGrain.StorageName, storage =>
                        (storage.Invariant, storage.ConnectionString) = ("Npgsql", connectionString!)),
                cancellationToken),
            _ => throw new InvalidOperationException($"Unknown store {store}."),
        };

    /// <summary>An embedded silo without a connection string, a member of a cluster with one.</summary>
    private static async Task<Target> StartAsProductionAsync(
        string? connectionString,
        Action<IHostApplicationBuilder>? configure,
        CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("owf-benchmarks-");
        var builder = CreateBuilder();
        builder.Configuration["ConnectionStrings:Workflows"] = connectionString;
        builder.AddWorkflowSilo(AddProcesses, silo =>
            (silo.DataFolder, silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (folder.FullName, 0, 0, 0));
        configure?.Invoke(builder);
        return await StartAsync(builder, folder, cancellationToken);
    }

    private static async Task<Target> StartBareAsync(Action<ISiloBuilder> compose, CancellationToken cancellationToken)
    {
        var (siloPort, gatewayPort) = FreePorts();
        var builder = CreateBuilder();
        builder.UseOrleans(silo =>
            compose(
                silo.UseLocalhostClustering(
                    siloPort,
                    gatewayPort,
                    primarySiloEndpoint: null,
                    "orleans-workflows",
                    "orleans-workflows")));
        builder.Services.AddWorkflowClient();
        return await StartAsync(builder, folder: null, cancellationToken);
    }

    private static async Task<Target> StartAsync(
        HostApplicationBuilder builder,
        DirectoryInfo? folder,
        CancellationToken cancellationToken)
    {
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var gateway = host.Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress.Endpoint;
        if (host.Services.GetService<WorkflowsBuilder>() is null)
        {
            return new Target(
                host,
                gateway,
                new BaselineLoadClient(host.Services.GetRequiredService<IGrainFactory>()),
                new NoAudit(),
                folder);
        }

        var processes = host.Services.GetRequiredService<IProcessClient>();
        return new Target(host, gateway, new ProcessLoadClient(processes), new ProcessAudit(processes), folder);
    }

    private static HostApplicationBuilder CreateBuilder()
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
            });
        builder
            .Logging.ClearProviders()
            .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    private static void AddProcesses(WorkflowsBuilder processes) =>
        processes.AddProcess<Hello>().AddProcess<Waits>().AddProcess<Rings>().AddProcess<Brings>();

    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}

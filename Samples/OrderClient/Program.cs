using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows;
using Samples.OrderClient;
using Samples.OrderContracts;

// dotnet run --project Samples/OrderClient -- [number of orders] [gateway ...] Without gateways: the cluster of
// ConnectionStrings__Workflows, or else the silo of 'Samples/OrderFulfilment -- --serve' on this machine.
var gateways = args.Where(static arg => arg.Contains(':', StringComparison.Ordinal))
    .Select(IPEndPoint.Parse)
    .ToList();
var count = args.Except(gateways.Select(static gateway => $"{gateway}"))
    .Select(static arg => int.Parse(arg, CultureInfo.InvariantCulture))
    .FirstOrDefault(3);

var builder = Host.CreateApplicationBuilder(
    new HostApplicationBuilderSettings { Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" } });
builder
    .Logging.ClearProviders()
    .AddSimpleConsole(console => console.SingleLine = true)
    .SetMinimumLevel(LogLevel.None)
    .AddFilter("Orleans.Workflows", LogLevel.Warning);
var isInCluster = builder.Configuration["ConnectionStrings:Workflows"] is not null;
builder.AddWorkflowClient(client =>
{
    gateways.ForEach(client.Gateways.Add);
    client.DataFolder = gateways.Count > 0 || isInCluster ? null : EmbeddedSilo.DefaultDataFolder("order-fulfilment");

    // This service has nothing better to do than to wait for its cluster.
    client.OperationTimeout = Timeout.InfiniteTimeSpan;
});
using var host = builder.Build();
var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
await host.StartAsync();

var processes = host.Services.GetRequiredService<IProcessClient>();
string[] items = ["book", "lamp", "chair", "desk"];
try
{
    await Task.WhenAll(
        Enumerable
            .Range(1, count)
            .Select(number =>
                new PlacedOrder(processes, ProcessId.Parse($"order-{ProcessId.New()}")).FollowAsync(
                    new OrderInput(
                        $"customer {number}",
                        Total: 49.90m * number,
                        Items: items[..(1 + (number % items.Length))]),
                    stopping)));
    Console.WriteLine($"{count} orders are done.");
    return 0;
}
catch (OperationCanceledException)
{
    Console.WriteLine("Stopped. The orders go on.");
    return 130;
}
finally
{
    await host.StopAsync();
}

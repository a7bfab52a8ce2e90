using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows;
using Samples.OrderContracts;
using Samples.OrderFulfilment;

var began = TimeProvider.System.GetUtcNow();
var crash = args.Contains("--crash");
var dataFolder = EmbeddedSilo.DefaultDataFolder("order-fulfilment");
if (args.Contains("--serve"))
{
    await Serve.RunAsync(dataFolder);
    return;
}

var current = Path.Combine(Directory.CreateDirectory(dataFolder).FullName, "current-order");

// An order keeps its id until it has ended, so starting it again after a crash finds the one that is there.
var id = File.Exists(current) ? File.ReadAllText(current) : $"order-{ProcessId.New()}";
File.WriteAllText(current, id);
Console.WriteLine($"{id}: starting its silo on SQLite in {dataFolder}");

// The team's own host: a silo that runs its processes, and a client in the same program.
var settings = new HostApplicationBuilderSettings
{
    Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
};
var builder = Host.CreateApplicationBuilder(settings);
builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error);
builder.Services.AddSingleton<Payments>();
builder.AddWorkflowSilo(
    processes => processes.AddProcess<FulfilOrder>().AddProcess<ShipParcel>(),
    silo => (silo.DataFolder, silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (dataFolder, 0, 0, 0));
using var host = builder.Build();
await host.StartAsync();
var client = host.Services.GetRequiredService<IProcessClient>();

// What a service does: start with an id of its own, follow, signal, take the result.
var order = await client.StartAsync(
    Orders.Fulfil,
    new OrderInput("Ada Lovelace", Total: 249.90m, Items: ["book", "lamp", "chair", "desk"]),
    new StartOptions { Id = ProcessId.Parse(id), IfExists = IfExists.UseExisting });
if (!order.WasCreated)
{
    var status = await order.GetStatusAsync();
    Console.WriteLine($"{id}: found unfinished at '{status.Position}' after {status.StepsCompleted} completed steps");
}

var packed = 0;
await new Watch(order).FollowAsync(async (entry, happened) =>
{
    switch (happened.Kind)
    {
        case HistoryKind.Resumed when entry.At >= began:
            Console.WriteLine($"{id}: resumed {(entry.At - began).TotalSeconds:0.0} s after this start: "
                + $"{happened.Text}");
            break;
        case HistoryKind.StepCompleted
            when crash && happened.Text!.EndsWith("PackOne", StringComparison.Ordinal) && ++packed == 2:
            Console.WriteLine($"{id}: two items are packed; killing this host (SIGKILL). Run the same command without "
                + "--crash to go on.");
            System.Diagnostics.Process.GetCurrentProcess().Kill();
            break;
        case HistoryKind.WaitStarted when happened.Text!.Contains("approval", StringComparison.Ordinal):
            Console.WriteLine($"{id}: waits for an approval; the sample gives it in two seconds");
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await order.SignalAsync("approval", new Approval("the sample"), signalId: "approval-1");
            break;
        default:
            break;
    }
});

var result = await order.GetResultAsync();
File.Delete(current);
Console.WriteLine($"{id}: result {result.Receipt}, {string.Join(", ", result.TrackingNumbers)}");
Console.WriteLine("History:");
await foreach (var entry in order.GetHistoryAsync())
{
    Console.WriteLine(
        $"  {entry.Version,3}  {entry.At.ToLocalTime():HH:mm:ss.fff}  "
        + $"{string.Join("; ", entry.Events.Select(Watch.Line))}");
}

await host.StopAsync();

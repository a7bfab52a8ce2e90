using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>
/// A service that calls the cluster during the storm: it leads conversations until the gate 'storm-over' is open, and
/// then ends those that it has begun. Its log says what it asked and what it was told. When it is killed, its successor
/// takes up what the log does not show as done.
/// </summary>
internal static class StormClientHost
{
    private const string Over = "storm-over";
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Runs the client.</summary>
    /// <param name="args">
    /// Options: Name, Log, Gates, ClusterId, Seed, Workers, Think (milliseconds between conversations); the connection
    /// string 'Workflows' says where the cluster is.
    /// </param>
    /// <returns>0 when everything that it began has ended.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var settings = new HostApplicationBuilderSettings { Args = args, Configuration = new ConfigurationManager() };
        settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        var configuration = builder.Configuration;
        builder.AddWorkflowClient(client =>
        {
            client.ConnectionString = configuration.GetConnectionString("Workflows");
            client.ClusterId = configuration["ClusterId"]!;
            client.OperationTimeout = OperationTimeout;
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<ConnectionState>().Connected;
        using var log = new ClientLog(configuration["Log"]!);
        var caller = new Caller(log, log.Earlier.Select(static line => line.Call).DefaultIfEmpty().Max() + 1);
        var work = new Work(configuration["Name"]!, Number("Seed"), log.Earlier);
        var gates = new Gates(configuration["Gates"]!);
        var think = Number("Think");
        var processes = host.Services.GetRequiredService<IProcessClient>();
        await Task.WhenAll(Enumerable.Range(0, Number("Workers")).Select(async _ =>
        {
            while (work.Next(gates.IsOpen(Over)) is { } conversation)
            {
                await new Talk(processes, caller, conversation).LeadAsync(CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(think)), TimeProvider.System);
            }
        }));
        return 0;

        int Number(string option) => int.Parse(configuration[option]!, CultureInfo.InvariantCulture);
    }

    /// <summary>What there is to do: first what predecessors have left, then new conversations.</summary>
    private sealed class Work
    {
        private readonly string _name;
        private readonly int _seed;
        private readonly ConcurrentQueue<int> _left;
        private int _last;

        public Work(string name, int seed, IReadOnlyList<ClientLine> earlier)
        {
            (_name, _seed) = (name, seed);
            var done = earlier
                .Where(static line => line.Kind is CallKind.Done)
                .Select(static line => line.Process)
                .ToHashSet();
            var begun = earlier.Select(static line => line.Process).Distinct().ToList();
            _left = new ConcurrentQueue<int>(
                begun.Where(process => !done.Contains(process)).Select(Conversation.Number).Order());
            _last = begun.Select(Conversation.Number).DefaultIfEmpty().Max();
        }

        public Conversation? Next(bool over) =>
            _left.TryDequeue(out var number) || (!over && (number = Interlocked.Increment(ref _last)) > 0)
                ? Conversation.Of(_name, number, _seed)
                : null;
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost;

/// <summary>
/// The service that goes on calling while silos come and go: it starts processes, signals some of them and awaits their
/// results until the gate 'load-stop' is open. What the client does not survive is a failure: nothing is tried again
/// but a start that was refused for the load of the machine, as its answer says.
/// </summary>
internal static class LoadHost
{
    private static readonly TimeSpan Report = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs the load. It prints 'LOAD {started} {finished}' while it goes on, and 'FAILED {id} {error}' for what
    /// failed.
    /// </summary>
    /// <param name="args">
    /// Options: Gates, Prefix, ClusterId, Concurrency, OperationTimeout; the connection string 'Workflows' says where
    /// the cluster is.
    /// </param>
    /// <returns>0 when nothing failed, else 1.</returns>
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
            client.OperationTimeout = TimeSpan.Parse(configuration["OperationTimeout"]!, CultureInfo.InvariantCulture);
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<ConnectionState>().Connected;
        var load = new Load(
            host.Services.GetRequiredService<IProcessClient>(),
            new Gates(configuration["Gates"]!),
            configuration["Prefix"]!,
            int.Parse(configuration["Concurrency"]!, CultureInfo.InvariantCulture));
        return await load.RunAsync();
    }

    /// <summary>What the workers share.</summary>
    private sealed class Load(IProcessClient processes, Gates gates, string prefix, int concurrency)
    {
        private int _started;
        private int _finished;
        private int _failed;

        public async Task<int> RunAsync()
        {
            using var done = new CancellationTokenSource();
            var reporting = ReportAsync(done.Token);
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => WorkAsync()));
            await done.CancelAsync();
            await reporting;
            return _failed == 0 ? 0 : 1;
        }

        private async Task WorkAsync()
        {
            while (!gates.IsOpen("load-stop"))
            {
                var number = Interlocked.Increment(ref _started);
                try
                {
                    await (LoadPlan.IsWait(number) ? WaitAsync(number) : StepsAsync(number));
                    Interlocked.Increment(ref _finished);
                }
                catch (Exception e)
                {
                    Interlocked.Increment(ref _failed);
                    Console.WriteLine(
                        $"FAILED {LoadPlan.Id(prefix, number)} {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}"
                    );
                }
            }
        }

        private async Task StepsAsync(int number)
        {
            var input = LoadPlan.Input(number);
            var handle = await StartAsync(CrashTypes.Steps, input, number);
            var result = await handle.GetResultAsync();
            if (result != Steps.Expected(input))
            {
                throw new InvalidOperationException($"its result is {result}, expected {Steps.Expected(input)}");
            }
        }

        private async Task WaitAsync(int number)
        {
            var handle = await StartAsync(CrashTypes.Waits, new WaitsInput(), number);
            await handle.SignalAsync("go", $"word {number}", $"signal-{number}");
            var result = await handle.GetResultAsync();
            if (result.Got != $"word {number}")
            {
                throw new InvalidOperationException($"it heard '{result.Got}', expected 'word {number}'");
            }
        }

        private async Task<ProcessHandle<TOutput>> StartAsync<TInput, TOutput>(
            ProcessType<TInput, TOutput> type,
            TInput input,
            int number)
        {
            while (true)
            {
                try
                {
                    return await processes.StartAsync(
                        type,
                        input,
                        new StartOptions { Id = LoadPlan.Id(prefix, number) });
                }
                catch (WorkflowOverloadedException)
                {
                    await Task.Delay(Report, TimeProvider.System);
                }
            }
        }

        private async Task ReportAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Report, TimeProvider.System, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Console.WriteLine($"LOAD {Volatile.Read(ref _started)} {Volatile.Read(ref _finished)}");
            }
        }
    }
}

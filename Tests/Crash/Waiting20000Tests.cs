using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

public sealed class Waiting20000Tests(ITestOutputHelper output) : CrashTest(output)
{
    private const int Count = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Processes_Waiting_LeaveMemoryAndStillGetTheirSignal()
    {
        var silo = await StartSiloAsync(
            "Workflows:Engine:IdleTimeout=00:00:01",
            "Workflows:Engine:ManagementByClients=true");
        var client = await ConnectAsync(silo);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count),
            new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = Cancel },
            async (index, token) =>
                await client.Processes.StartAsync(
                    CrashTypes.Waits,
                    new WaitsInput(),
                    new StartOptions { Id = ProcessId.Parse($"w-{index:00000}") },
                    token));
        Print($"{Count} started in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        var active = 0;
        var most = 0;
        var took = await Eventually.TrueAsync(
            async () =>
            {
                active = await ActivationsAsync(client);
                most = Math.Max(most, active);
                return active < 100;
            },
            Limit,
            () => $"the activations of waiting processes go; there are {active}",
            Cancel);
        Print($"{most} activations after the last start, {active} left {took.TotalSeconds:0.0} s later");
        most.ShouldBeGreaterThan(100, "the activations were not seen at all");

        var one = client.Processes.GetHandle<WaitsOutput>(ProcessId.Parse("w-12345"));
        (await one.GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
        (await one.SignalAsync("go", "at last", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await one.GetResultAsync(Cancel).WaitAsync(Limit, Cancel)).Got.ShouldBe("at last");
    }

    private static async Task<int> ActivationsAsync(CrashClient client)
    {
        var statistics = await client.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return statistics
            .Where(grain =>
                grain.GrainType.Contains("ProcessGrain", StringComparison.Ordinal) || grain.GrainType == "owf.process")
            .Sum(grain => grain.ActivationCount);
    }
}

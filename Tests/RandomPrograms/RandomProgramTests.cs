using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;
using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms;

/// <summary>Random programs under chaos.</summary>
public sealed class RandomProgramTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Smoke()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("OWF_RANDOM_SEED") ?? "1");
        var count = int.Parse(Environment.GetEnvironmentVariable("N") ?? "200");
        var plan = Environment.GetEnvironmentVariable("KINDS") is { } kinds ? ChaosPlan.Nothing with { Kinds = kinds == "all" ? [.. Enum.GetValues<FaultKind>()] : [.. kinds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<FaultKind>)] } : ChaosPlan.Nothing;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var dice = new Dice(seed, plan);
        await using var cluster = await RandomCluster.StartAsync(plan, dice);
        output.WriteLine($"started {watch.Elapsed}");
        for (var n = 0; n < int.Parse(Environment.GetEnvironmentVariable("BATCHES") ?? "3"); n++)
        {
            var generator = new Generator(new Random(seed + n));
            watch.Restart();
            using var end = new CancellationTokenSource();
            var monkey = new ChaosMonkey(cluster).RunAsync(end.Token);
            var report = await new Batch(cluster, [.. Enumerable.Range(0, count).Select(_ => generator.Next())]).RunAsync();
            await end.CancelAsync();
            await monkey;
            output.WriteLine($"{watch.Elapsed} processes {report.Processes} steps {report.Steps} attempts {report.Attempts} acts {report.Acts} faults {report.Faults.Count} {string.Join(" ", Enum.GetValues<FaultKind>().Select(k => $"{k}={dice.CountOf(k)}"))}");
            report.Faults.Take(15).ToList().ForEach(output.WriteLine);
        }
    }
}

using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Targets;

namespace Orleans.Workflows.Benchmarks.Cold;

/// <summary>
/// A silo in a process that has done nothing before: what <see cref="ColdSuite"/> starts, by the hidden command
/// <c>cold-silo</c>.
/// </summary>
internal static class ColdSilo
{
    private const int InFlight = 256;
    private const int Steps = 5;

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Starts the silo, says 'ready', and then how many processes per second each run had until the speed was stable.
    /// </summary>
    /// <param name="store">Where it keeps processes.</param>
    /// <param name="connectionString">The PostgreSQL database; null for the other stores.</param>
    /// <param name="count">How many processes a run has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when the silo has stopped.</returns>
    public static async Task RunAsync(
        StoreKind store,
        string? connectionString,
        int count,
        CancellationToken cancellationToken)
    {
        await using var target = await TargetFactory.StartAsync(store, connectionString, cancellationToken);
        Console.WriteLine("ready");
        var prefix = string.Create(CultureInfo.InvariantCulture, $"cold-{Guid.CreateVersion7():N}-");
        var warmUp = new WarmUp(LongestWarmUp);
        await warmUp.RunAsync(async run =>
        {
            var plan = new LoadPlan(LoadKind.RunToEnd, $"{prefix}{run}-", count, Steps, InFlight, LongestWarmUp);
            var perSecond = count / (await new LoadRunner(target.Client).RunAsync(plan, cancellationToken)).Seconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {perSecond:F1}"));
            return perSecond;
        });
        Console.WriteLine(warmUp.IsStable ? "stable" : "unstable");
    }
}

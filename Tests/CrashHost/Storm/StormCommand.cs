using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>
/// The command 'storm': 'storm --minutes 10 [--seed N] [--clients N] [--workers N] [--think MILLISECONDS] [--kill-every
/// SECONDS] [--keep true]'.
/// </summary>
internal static class StormCommand
{
    /// <summary>Runs a storm.</summary>
    /// <param name="args">The options.</param>
    /// <returns>0 when all promises were kept, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        var usual = new StormOptions();
        var options = usual with
        {
            Duration = TimeSpan.FromMinutes(Number("minutes", usual.Duration.TotalMinutes)),
            Seed = (int)Number("seed", usual.Seed),
            Clients = (int)Number("clients", usual.Clients),
            Workers = (int)Number("workers", usual.Workers),
            Think = TimeSpan.FromMilliseconds(Number("think", usual.Think.TotalMilliseconds)),
            Keep = bool.Parse(given["keep"] ?? "false"),
            KillEvery = TimeSpan.FromSeconds(Number("kill-every", usual.KillEvery.TotalSeconds)),
        };
        var report = await new StormRun(options, Console.WriteLine).RunAsync();
        return report is { Violations.Count: 0, Troubles.Count: 0 } ? 0 : 1;

        double Number(string name, double otherwise) =>
            given[name] is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}

using System.CommandLine;

namespace Orleans.Workflows.Benchmarks.Cold;

/// <summary>The command <c>cold</c>, and the hidden one of its silos.</summary>
internal static class ColdCommandLine
{
    private const int Count = 10_000;

    /// <summary>Makes the commands.</summary>
    /// <param name="measure">Measures.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<Command> Create(
        Func<Func<TextWriter, CancellationToken, Task>, CancellationToken, Task<int>> measure)
    {
        var store = new Option<string>("--store") { Description = "Where the processes are kept", Required = true };
        var connection = new Option<string?>("--connection-string")
        {
            Description = "A PostgreSQL database that may be written to [default: a server of its own]",
        };
        var count = new Option<int>("--count")
        {
            Description = "Processes at a time",
            DefaultValueFactory = static _ => Count,
        };
        var runs = new Option<int>("--runs")
        {
            Description = "How many silos are started, one after the other",
            DefaultValueFactory = static _ => 3,
        };
        store.AcceptOnlyFromAmong(StoreNames.OfEngine);
        foreach (var number in new[] { count, runs })
        {
            number.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
                {
                    result.AddError($"{number.Name} takes 1 to 1000000.");
                }
            });
        }

        var cold = new Command("cold", "Measures what a silo can do that has just been started")
        {
            store,
            connection,
            count,
            runs,
        };
        cold.SetAction(
            (parsed, cancellationToken) =>
                measure(
                    new ColdSuite(
                        StoreNames.Find(parsed.GetValue(store)!),
                        parsed.GetValue(connection),
                        parsed.GetValue(count),
                        parsed.GetValue(runs)
                    ).RunAsync,
                    cancellationToken));
        var silo = new Command("cold-silo", "Such a silo; started by the benchmark itself.")
        {
            store,
            connection,
            count,
        };
        silo.Hidden = true;
        silo.SetAction(
            (parsed, cancellationToken) =>
                measure(
                    (_, token) =>
                        ColdSilo.RunAsync(
                            StoreNames.Find(parsed.GetValue(store)!),
                            parsed.GetValue(connection),
                            parsed.GetValue(count),
                            token),
                    cancellationToken));
        return [cold, silo];
    }
}

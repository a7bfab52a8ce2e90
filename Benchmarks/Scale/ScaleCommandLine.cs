using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>The commands of scale: one for each scenario, and 'scale' for all of them.</summary>
internal static class ScaleCommandLine
{
    /// <summary>Makes the commands.</summary>
    /// <param name="measure">Runs scenarios.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<Command> Create(
        Func<ScaleOptions, IReadOnlyList<IScaleScenario>, CancellationToken, Task<int>> measure) =>
        [
            .. ScaleSuite.Scenarios.Select(scenario =>
                Create(scenario.Name, $"Measures '{scenario.Name}' on PostgreSQL", [scenario], measure)),
            Create("scale", "Measures all of the scenarios of scale", ScaleSuite.Scenarios, measure),
        ];

    private static Command Create(
        string name,
        string description,
        IReadOnlyList<IScaleScenario> scenarios,
        Func<ScaleOptions, IReadOnlyList<IScaleScenario>, CancellationToken, Task<int>> measure)
    {
        var connection = new Option<string?>("--connection-string")
        {
            Description = "A PostgreSQL database that may be written to [default: a server of its own]",
        };
        var json = new Option<string?>("--json") { Description = "Also write everything to this file, as JSON" };
        var quick = new Option<bool>("--quick")
        {
            Description = "Small counts, seconds: shows that it works, not how well",
        };
        var count = new Option<int?>("--count")
        {
            Description = "Processes that wait, or were running [default: the scenario's]",
        };
        var due = new Option<int?>("--due")
        {
            Description = "How many of those that wait become due [default: the scenario's]",
        };
        var rate = new Option<int?>("--rate")
        {
            Description = "Due, or starts of other work, per second [default: the scenario's]",
        };
        var seconds = new Option<int?>("--seconds")
        {
            Description = "How long the load is offered [default: the scenario's]",
        };
        var minutes = new Option<int?>("--minutes") { Description = "The same in minutes" };
        var neighbour = new Option<bool>("--neighbour")
        {
            Description = "overload: in the middle third another program takes half of the machine",
        };
        foreach (var number in new[] { count, due, rate, seconds, minutes })
        {
            number.Validators.Add(result => Check(result, number.Name));
        }

        var command = new Command(name, description)
        {
            connection,
            json,
            quick,
            count,
            due,
            rate,
            seconds,
            minutes,
            neighbour,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                measure(
                    new ScaleOptions
                    {
                        ConnectionString = parsed.GetValue(connection),
                        JsonFile = parsed.GetValue(json),
                        Quick = parsed.GetValue(quick),
                        Count = parsed.GetValue(count),
                        Due = parsed.GetValue(due),
                        Rate = parsed.GetValue(rate),
                        Neighbour = parsed.GetValue(neighbour),
                        For =
                            parsed.GetValue(minutes) is { } m ? TimeSpan.FromMinutes(m)
                            : parsed.GetValue(seconds) is { } s ? TimeSpan.FromSeconds(s)
                            : null,
                    },
                    scenarios,
                    cancellationToken));
        return command;
    }

    private static void Check(OptionResult result, string option)
    {
        if (result.GetValueOrDefault<int?>() is < 1 or > 10_000_000)
        {
            result.AddError($"{option} takes 1 to 10000000.");
        }
    }
}

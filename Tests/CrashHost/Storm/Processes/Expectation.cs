using System.Text.Json;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Processes;

/// <summary>
/// What a process of the storm does when nothing is lost and nothing is doubled. A function of its type and input, made
/// without the engine.
/// </summary>
/// <param name="Steps">How many steps it completes.</param>
/// <param name="Children">How many children it starts.</param>
/// <param name="Output">Its output as JSON; null for a collector, whose output the senders decide.</param>
public sealed record Expectation(int Steps, int Children, string? Output)
{
    /// <summary>What a process has to do.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="input">Its input as JSON.</param>
    /// <returns>What it has to do.</returns>
    public static Expectation Of(string type, string input)
    {
        if (type == CrashTypes.Steps.Name)
        {
            var steps = Read<StepsInput>(input);
            return new Expectation(steps.Steps, 0, Write(CrashHost.Processes.Steps.Expected(steps)));
        }

        if (type == StormTypes.Collect.Name)
        {
            return new Expectation(1 + Read<CollectInput>(input).Items, 0, null);
        }

        if (type == StormTypes.Alarms.Name)
        {
            var times = Read<AlarmsInput>(input).Milliseconds.Count;
            return new Expectation(1 + times, 0, Write(new AlarmsOutput(times)));
        }

        if (type == StormTypes.Flaky.Name)
        {
            return new Expectation(1, 0, Write(new FlakyOutput(Read<FlakyInput>(input).Failures)));
        }

        if (type == StormTypes.Doomed.Name)
        {
            return new Expectation(1, 0, null);
        }

        if (type == StormTypes.Family.Name)
        {
            var family = Read<FamilyInput>(input);
            return new Expectation(
                family.Depth == 0 ? 1 : 2,
                family.Depth == 0 ? 0 : family.Width,
                Write(new FamilyOutput(Sum(family))));
        }

        throw new ArgumentException($"The storm has no process type '{type}'.", nameof(type));
    }

    private static long Sum(FamilyInput family) =>
        family.Seed
        + (family.Depth == 0 ? 0 : Enumerable.Range(0, family.Width).Sum(index => Sum(family.Child(index))));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, WorkflowJson.Options)!;

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, WorkflowJson.Options);
}

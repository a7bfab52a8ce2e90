using System.Globalization;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// How a campaign goes: by environment variables, because the runner of the tests has the command line.
/// </summary>
internal sealed record CampaignSettings
{
    private const string SeedVariable = "OWF_RANDOM_SEED";
    private const string MinutesVariable = "OWF_RANDOM_MINUTES";
    private const string ProgramVariable = "OWF_RANDOM_PROGRAM";
    private const string ChaosVariable = "OWF_RANDOM_CHAOS";

    /// <summary>The seed of the first batch; each further one has the next.</summary>
    public required int Seed { get; init; }

    /// <summary>For how long: no batch begins later.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long a failure may be shrunk.</summary>
    public required TimeSpan Shrinking { get; init; }

    /// <summary>What goes wrong.</summary>
    public required ChaosPlan Plan { get; init; }

    /// <summary>The only program that is run; null for random ones.</summary>
    public RandomProgram? Only { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <param name="duration">For how long, when it does not say so.</param>
    /// <returns>The settings, with a new seed when none is given.</returns>
    public static CampaignSettings Read(TimeSpan duration)
    {
        var minutes = Variable(MinutesVariable) is { } text
            ? TimeSpan.FromMinutes(double.Parse(text, CultureInfo.InvariantCulture))
            : (TimeSpan?)null;
        return new CampaignSettings
        {
            Seed = Variable(SeedVariable) is { } seed
                ? int.Parse(seed, CultureInfo.InvariantCulture)
                : Random.Shared.Next(1_000_000_000),
            Duration = minutes ?? duration,
            Shrinking = minutes is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(10),
            Plan = Variable(ChaosVariable) is { } kinds
                ? ChaosPlan.Nothing with
                {
                    Kinds = [.. kinds.Split(',').Where(static kind => kind != "none").Select(Enum.Parse<FaultKind>)],
                }
                : ChaosPlan.Everything,
            Only = Variable(ProgramVariable) is { } json ? ProgramRules.Bend(ProgramText.Read(json)) : null,
        };
    }

    /// <summary>The programs of a batch.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="size">How many.</param>
    /// <returns>The programs.</returns>
    public IReadOnlyList<RandomProgram> ProgramsOf(int seed, int size)
    {
        var generator = new Generator(new Random(seed));
        return [.. Enumerable.Range(0, size).Select(_ => Only ?? generator.Next())];
    }

    /// <summary>What to type to begin with a batch again.</summary>
    /// <param name="seed">Its seed.</param>
    /// <returns>A command.</returns>
    public static string CommandFor(int seed) => Command($"{SeedVariable}={seed}");

    /// <summary>What to type to run a program again.</summary>
    /// <param name="program">The program.</param>
    /// <param name="plan">What went wrong.</param>
    /// <returns>A command.</returns>
    public static string CommandFor(RandomProgram program, ChaosPlan plan) =>
        Command(
            $"{ProgramVariable}='{ProgramText.Write(program)}' "
            + $"{ChaosVariable}={(plan.Kinds.Count == 0 ? "none" : string.Join(',', plan.Kinds))}");

    private static string Command(string variables) =>
        $"{variables} dotnet run --project Tests/RandomPrograms -- -class '*RandomProgramTests' -showLiveOutput";

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}

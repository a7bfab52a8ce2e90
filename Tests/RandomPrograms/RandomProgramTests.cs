using System.Globalization;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms;

/// <summary>
/// Random programs under everything that can go wrong: as many as fit in most of a minute. OWF_RANDOM_MINUTES makes it longer, and
/// OWF_RANDOM_SEED begins with the batch of that seed.
/// </summary>
public sealed class RandomProgramTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Programs_UnderChaos_DoWhatTheModelAllows()
    {
        var seed = Read("OWF_RANDOM_SEED") is { } given ? (int)given : Random.Shared.Next(1_000_000_000);
        var minutes = Read("OWF_RANDOM_MINUTES");
        Say($"The seed is {seed}.");
        await using var attempts = new Attempts(stillness: TimeSpan.FromSeconds(10));

        var failure = await new Campaign(seed, ChaosPlan.Everything, Say)
            .RunAsync(attempts, minutes is null ? Short : TimeSpan.FromMinutes(minutes.Value), shrinking: TimeSpan.FromMinutes(minutes is null ? 1 : 10));

        failure.ShouldBeNull();
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static double? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}

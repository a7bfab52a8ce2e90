using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms;

/// <summary>
/// Random programs under everything that can go wrong: as many as fit in most of a minute. OWF_RANDOM_MINUTES makes it longer, and
/// OWF_RANDOM_SEED begins with the batch of that seed; a failure prints the command that repeats its smallest program.
/// </summary>
public sealed class RandomProgramTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Programs_UnderChaos_DoWhatTheModelAllows()
    {
        var settings = CampaignSettings.Read(Short);
        Say($"The seed is {settings.Seed}.");
        await using var attempts = new Attempts(stillness: TimeSpan.FromSeconds(10));

        var failure = await new Campaign(settings, Say).RunAsync(attempts);

        failure.ShouldBeNull();
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

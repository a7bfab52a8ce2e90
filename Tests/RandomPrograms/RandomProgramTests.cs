using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms;

/// <summary>
/// Random programs under everything that can go wrong: as many as fit in most of a minute. OWF_RANDOM_MINUTES makes it
/// longer, and OWF_RANDOM_SEED begins with the batch of that seed; a failure prints the command that repeats its
/// smallest program.
/// </summary>
public sealed class RandomProgramTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Programs_UnderChaos_DoWhatTheModelAllows()
    {
        var settings = CampaignSettings.Read(Short);
        Say($"The seed is {settings.Seed}.");
        // Supervisors wake what has not moved after 5 s, then 10 and 20, in real time; and a wake may be one of the
        // calls that are dropped.
        await using var attempts = new Attempts(stillness: TimeSpan.FromSeconds(30));

        var failure = await new Campaign(settings, Say).RunAsync(attempts);

        failure.ShouldBeNull();
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

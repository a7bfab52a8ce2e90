using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.Crash.Storm;

public sealed class FaultScheduleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Draw_AnySeed_HasEachKindBeforeAnyIsRepeated(bool network)
    {
        var expected = Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.KillSilo && (network || !FaultSchedule.OfNetwork.Contains(kind))).ToList();

        for (var seed = 0; seed < 100; seed++)
        {
            var rounds = FaultSchedule.Draw(new Random(seed), network).Take(3 * expected.Count).Chunk(expected.Count);
            rounds.ShouldAllBe(round => round.Order().SequenceEqual(expected));
        }
    }

    [Fact]
    public void Draw_SameSeed_HasTheSameOrderAndAnotherSeedAnother()
    {
        static List<FaultKind> Draw(int seed) => [.. FaultSchedule.Draw(new Random(seed), network: true).Take(40)];

        Draw(7).ShouldBe(Draw(7));
        Draw(7).ShouldNotBe(Draw(8));
    }
}

using Orleans.Workflows.CrashHost.Storm.Faults;

namespace Orleans.Workflows.Crash.Storm;

public sealed class FaultScheduleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Draw_AnySeed_HasEachKindBeforeAnyIsRepeated(bool network)
    {
        var expected = FaultSchedule.Kinds(network, longFreezes: true);

        for (var seed = 0; seed < 100; seed++)
        {
            var rounds = FaultSchedule.Draw(new Random(seed), expected).Take(3 * expected.Count).Chunk(expected.Count);
            rounds.ShouldAllBe(round => round.Order().SequenceEqual(expected.Order()));
        }
    }

    [Fact]
    public void Draw_SameSeed_HasTheSameOrderAndAnotherSeedAnother()
    {
        static List<FaultKind> Draw(int seed) =>
            [
                .. FaultSchedule
                    .Draw(new Random(seed), FaultSchedule.Kinds(network: true, longFreezes: false))
                    .Take(40),
            ];

        Draw(7).ShouldBe(Draw(7));
        Draw(7).ShouldNotBe(Draw(8));
    }

    [Fact]
    public void Kinds_WithoutTimeOrNetwork_LackTheirs()
    {
        FaultSchedule
            .Kinds(network: true, longFreezes: true)
            .ShouldBe(Enum.GetValues<FaultKind>().Where(static kind => kind is not FaultKind.KillSilo));
        FaultSchedule
            .Kinds(network: false, longFreezes: false)
            .ShouldNotContain(static kind => kind == FaultKind.FreezeLong || FaultSchedule.OfNetwork.Contains(kind));
    }
}

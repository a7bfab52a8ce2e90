using CsCheck;
using Orleans.Workflows.Grains.Clock;

namespace Orleans.Workflows.Unit.Clock;

/// <summary>
/// Whatever a reckoning is drawn to: it never goes back, its rate is bounded both ways, and it comes to where it is
/// drawn.
/// </summary>
public sealed class ReckoningTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Readings that are minutes off in either direction, or a little, after pauses from nothing to an hour.
    /// </summary>
    private static readonly Gen<(double Pause, double Off)[]> Draws = Gen.Select(
        Gen.Double[0, 3_600],
        Gen.OneOf(Gen.Double[-1_200, 1_200], Gen.Double[-0.3, 0.3])
    ).Array[1, 30];

    [Fact]
    public void At_DrawnToAnything_IsMonotoneAndItsRateIsBounded() => Draws.Sample(static draws =>
    {
        var (reckoning, elapsed) = (new Reckoning(TimeSpan.Zero, Noon, TimeSpan.Zero), TimeSpan.Zero);
        foreach (var (pause, off) in draws)
        {
            for (var part = 0; part < 4; part++)
            {
                var (before, passed) = (reckoning.At(elapsed), TimeSpan.FromSeconds(pause / 4));
                elapsed += passed;
                var moved = reckoning.At(elapsed) - before;
                moved.ShouldBeInRange(passed * (1 - Reckoning.Brisk) - Tick, passed * (1 + Reckoning.Brisk) + Tick);
            }

            var drawn = reckoning.Toward(elapsed, Noon + elapsed + TimeSpan.FromSeconds(off));
            drawn.At(elapsed).ShouldBe(reckoning.At(elapsed), "drawing itself moves nothing");
            reckoning = drawn;
        }
    });

    [Fact]
    public void At_SmallDifference_IsAbsorbedAtTheGentleRate() =>
        Gen.Select(Gen.Double[-0.25, 0.25], Gen.Double[0, 1_000])
            .Sample(
                static (off, after) =>
                {
                    var reckoning = new Reckoning(TimeSpan.Zero, Noon, TimeSpan.Zero).Toward(
                        TimeSpan.Zero,
                        Noon + TimeSpan.FromSeconds(off));

                    var absorbed = reckoning.At(TimeSpan.FromSeconds(after)) - Noon - TimeSpan.FromSeconds(after);

                    absorbed
                        .Duration()
                        .ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(after * Reckoning.Gentle) + Tick);
                });

    [Theory]
    [InlineData(0.2, 401)]
    [InlineData(-0.2, 401)]
    [InlineData(600, 1_700)]
    [InlineData(-600, 1_700)]
    public void At_LongEnoughAfterADraw_IsWhereItWasDrawnToAndStays(double off, double seconds)
    {
        var reckoning = new Reckoning(TimeSpan.Zero, Noon, TimeSpan.Zero).Toward(
            TimeSpan.Zero,
            Noon + TimeSpan.FromSeconds(off));

        reckoning.At(TimeSpan.FromSeconds(seconds)).ShouldBe(Noon + TimeSpan.FromSeconds(off + seconds));
        reckoning.At(TimeSpan.FromSeconds(10 * seconds)).ShouldBe(Noon + TimeSpan.FromSeconds(off + (10 * seconds)));
    }

    private static TimeSpan Tick => TimeSpan.FromMicroseconds(1);
}

namespace Orleans.Workflows.Crash.Members;

/// <summary>A release is rolled out under load.</summary>
public sealed class ReplacedSilosTests(ITestOutputHelper output, DatabaseFixture databases)
    : SeveralSilosTest(output, databases)
{
    [Fact]
    public async Task F21_Silos_ReplacedOneByOne_NoCallFailsAndNoStepIsLostOrDoubled()
    {
        var silos = (await StartSilosAsync(3, ShortDrain)).ToList();
        var load = await StartLoadAsync();
        foreach (var leaving in silos.ToList())
        {
            silos.Add(await StartSiloAsync(ShortDrain));
            await load.GoesOnAsync(30, Limit);
            var began = TimeProvider.System.GetTimestamp();
            (await leaving.StopAsync(Limit)).ShouldBe(0, leaving.Output);
            silos.Remove(leaving);
            var left = TimeProvider.System.GetElapsedTime(began);
            var goesOn = await load.GoesOnAsync(30, Limit);
            Print(
                $"replaced one of three: it left within {left.TotalSeconds:0.0} s, 30 more finished within "
                + $"{goesOn.TotalSeconds:0.0} s");
        }

        await ShouldBeRightAsync(load, silos[0]);
    }
}

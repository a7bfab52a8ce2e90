using System.Diagnostics;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of thousands of children.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class FanOutTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <summary>How many children the store can be asked for in a test.</summary>
    private int Many => Kind == StoreKind.Sqlite ? 2_000 : 10_000;

    [Theory]
    [InlineData(null)]
    [InlineData(50)]
    public async Task ManyChildren_AreAllAwaitedWithoutAWriteOfTheParentForEach(int? bound)
    {
        var began = Stopwatch.GetTimestamp();
        var process = await Client.StartAsync(FanOutProcess.Type, new FanOutInput(Many, bound), new StartOptions { Id = NewId() }, Cancel);
        var output = await process.GetResultAsync(Cancel);
        var took = Stopwatch.GetElapsedTime(began);

        var version = (await process.GetStatusAsync(Cancel)).Summary.Version;
        TestContext.Current.TestOutputHelper!.WriteLine($"FIGURE {Kind}: {Many} children, bound {bound}, {took.TotalSeconds:0.00} s, version {version}, most {Stage.GaugeOf(process.Id).Most}");
        output.Numbers.ShouldBe(Enumerable.Range(0, Many));
        version.ShouldBeLessThan(Many / 10);
    }
}

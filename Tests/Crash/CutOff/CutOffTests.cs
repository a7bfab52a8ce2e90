using System.Diagnostics;
using Orleans.Workflows.Shared.Stores;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.Crash.CutOff;

public sealed class CutOffTests(ITestOutputHelper output)
{
    private const int MostAccesses = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Silo_CutOffAtEachAccess_NextSiloFinishesOnceWithRightResult()
    {
        await using var store = new MemoryProcessStore();
        var ledger = new ErrandLedger();
        var cutOff = new CutOffProcessStore(store);
        var cases = Enum.GetValues<CutOffMode>().SelectMany(mode => Enumerable.Range(1, MostAccesses).Select(access => new ErrandCase(access, mode))).ToList();
        cases.ForEach(errand => cutOff.Plan(errand.Id, errand.Plan));
        await using var first = await ErrandSilo.StartAsync(cutOff, ledger);
        var watch = Stopwatch.StartNew();
        try
        {
            await FinishAllAsync(cases, first, store, ledger, watch);
        }
        finally
        {
            cases.ForEach(errand => errand.Plan.End());
        }

        foreach (var mode in cases.GroupBy(errand => errand.Id.Value.Split('-')[0]))
        {
            output.WriteLine($"{mode.Key}: {mode.Count(errand => !errand.RanThrough)} cuts, then it ran through");
            mode.Last().RanThrough.ShouldBeTrue($"{mode.Key}: expected that {MostAccesses} accesses are enough for the whole errand");
            mode.Count(errand => !errand.RanThrough).ShouldBeGreaterThan(5);
        }
    }

    private async Task FinishAllAsync(List<ErrandCase> cases, ErrandSilo first, MemoryProcessStore store, ErrandLedger ledger, Stopwatch watch)
    {
        await Task.WhenAll(cases.Select(errand => errand.BeginAsync(first.Client))).WaitAsync(Limit, TestContext.Current.CancellationToken);

        output.WriteLine($"all are cut off or through after {watch.Elapsed.TotalSeconds:0.0} s");

        // The first silo stays as it is, cut off: all that it may still try is refused, or has no effect.
        await using var second = await ErrandSilo.StartAsync(store, ledger);
        var faults = await Task.WhenAll(cases.Select(errand => errand.FinishAsync(second.Client, ledger, TestContext.Current.CancellationToken)))
            .WaitAsync(Limit, TestContext.Current.CancellationToken);

        output.WriteLine($"all are finished after {watch.Elapsed.TotalSeconds:0.0} s");
        faults.SelectMany(fault => fault).ShouldBeEmpty();
    }
}

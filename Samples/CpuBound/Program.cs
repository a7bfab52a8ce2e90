using Orleans.Workflows;
using Samples.CpuBound;
using Samples.SampleHost;

await SampleSilo.RunAsync(
    processes => processes.AddProcess<CountPrimes>().Configure(static engine => engine.CpuBoundSteps = 2),
    async client =>
    {
        Console.WriteLine("Four marked steps of half a second each, two at a time:");
        var began = TimeProvider.System.GetTimestamp();
        var marked = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => StartAsync(client, milliseconds: 500, marked: true)));
        var pause = TimeProvider.System.GetTimestamp();
        Console.WriteLine($"  a pause while they compute: {await marked[0].PauseAsync()} after {Since(pause)}");
        await marked[0].PlayAsync();
        var outputs = await Task.WhenAll(marked.Select(static process => process.GetResultAsync()));
        Console.WriteLine(
            $"  all done after {Since(began)}, on: "
            + $"{string.Join(", ", outputs.Select(static output => output.Thread).Distinct())}");

        Console.WriteLine("A step that computes and is not marked; the silo names it in a warning:");
        var unmarked = await StartAsync(client, milliseconds: 3_500, marked: false);
        Console.WriteLine($"  done on {(await unmarked.GetResultAsync()).Thread}");

        Console.WriteLine("A marked step that is killed, and looks at its token:");
        var killed = await StartAsync(client, milliseconds: 60_000, marked: true);
        await SampleSilo.UntilAsync(killed, static status => status.Position == "Marked");
        var kill = TimeProvider.System.GetTimestamp();
        await killed.KillAsync("enough");
        Console.WriteLine($"  {(await killed.WaitAsync()).State} after {Since(kill)}");
    });

static Task<ProcessHandle<PrimesOutput>> StartAsync(IProcessClient client, int milliseconds, bool marked) =>
    client.StartAsync(CountPrimes.Type, new PrimesInput(TimeSpan.FromMilliseconds(milliseconds), marked));

static string Since(long began) => $"{TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms";

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>Steps that hold their thread without having said so.</summary>
/// <param name="stores">The clusters.</param>
public sealed class BlockedStepTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Step_ThatHoldsItsThread_IsNamedAndCountedOnceAndNobodyElseIs()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        var computing = await StartAsync("compute");
        var awaiting = await StartAsync("await");
        var blocking = await StartAsync("block");
        var next = await StartAsync("block");

        // The second is let go when the first is long known, so that there were looks in which the first could have
        // been named again.
        await UntilAsync("it is named", () => Task.FromResult(LinesOf(blocking).Count), static lines => lines > 0);
        await UntilAsync("the other is named", () => Task.FromResult(LinesOf(next).Count), static lines => lines > 0);
        foreach (var process in new[] { computing, awaiting, blocking, next })
        {
            Stage.Reach(process.Id, "go");
            await process.GetResultAsync(Cancel);
        }

        LinesOf(blocking).ShouldHaveSingleItem().ShouldContain("'behaviour/compute'");
        LinesOf(blocking)[0].ShouldContain("Blocking'");
        LinesOf(computing).ShouldBeEmpty();
        LinesOf(awaiting).ShouldBeEmpty();
        counted.ShouldAllBe(static measured =>
            measured.StartsWith("1 behaviour/compute ", StringComparison.Ordinal)
            && measured.EndsWith("Blocking", StringComparison.Ordinal));
        counted.Count.ShouldBe(2);
    }

    private static MeterListener Listen(ConcurrentQueue<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "orleans.workflows.steps.blocked")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measured, tags, _) =>
        {
            var (type, step) = ("", "");
            foreach (var tag in tags)
            {
                (type, step) = tag.Key switch
                {
                    "type" => ($"{tag.Value}", step),
                    "step" => (type, $"{tag.Value}"),
                    _ => (type, step),
                };
            }

            // Other tests have steps that hold their threads, too.
            if (type == ComputeProcess.Type.Name)
            {
                counted.Enqueue($"{measured} {type} {step}");
            }
        });
        listener.Start();
        return listener;
    }

    private List<string> LinesOf(ProcessHandle process) =>
        [
            .. Cluster.Log.Lines.Where(line =>
                line.StartsWith("400034 ", StringComparison.Ordinal)
                && line.Contains(process.Id.Value, StringComparison.Ordinal)),
        ];

    private async Task<ProcessHandle<ComputeOutput>> StartAsync(string does)
    {
        var id = NewId();
        var process = await Client.StartAsync(
            ComputeProcess.Type,
            new ComputeInput(id.Value, does),
            new StartOptions { Id = id },
            Cancel);
        await Stage.ReachedAsync(id, "entered", Cancel);
        return process;
    }
}

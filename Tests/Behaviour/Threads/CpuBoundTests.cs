using System.Diagnostics;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>Where steps run, and whom they delay.</summary>
/// <param name="stores">The clusters.</param>
public sealed class CpuBoundTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    private const string Name = "CPU-bound steps";

    [Fact]
    public async Task CpuBoundStep_WithAwaits_StaysOnThreadsOfItsOwnAndItsResultComesBack()
    {
        var process = await StartAsync(NewBatch());
        Stage.Reach(process.Id, "go");

        var output = await process.GetResultAsync(Cancel);

        output.Threads.Take(3).ShouldBe([Name, Name, Name]);
        output.Threads[3].ShouldNotBe(Name, "the next step is not CPU-bound");
        output.Sum.ShouldBe(11);
    }

    [Fact]
    public async Task CpuBoundSteps_OfManyProcesses_ComputeAsManyAsTheOptionSaysAndDelayNobody()
    {
        var most = Environment.ProcessorCount;
        var batch = NewBatch();
        var processes = await Task.WhenAll(Enumerable.Range(0, most + 3).Select(_ => StartAsync(batch)));
        await UntilAsync(
            "all threads compute",
            () => Task.FromResult(ComputeProcess.GaugeOf(batch).Inside),
            now => now == most);

        var other = await StartAsync(batch, "await");
        await Stage.ReachedAsync(other.Id, "entered", Cancel);
        var fastest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var began = Stopwatch.GetTimestamp();
            await processes[attempt].PauseAsync(cancellationToken: Cancel);
            await processes[attempt].PlayAsync(cancellationToken: Cancel);
            await processes[attempt].GetStatusAsync(Cancel);
            fastest = Stopwatch.GetElapsedTime(began) is var took && took < fastest ? took : fastest;
        }

        Stage.Reach(other.Id, "go");
        await other.GetResultAsync(Cancel);
        var meanwhile = ComputeProcess.GaugeOf(batch).Inside;
        foreach (var process in processes)
        {
            Stage.Reach(process.Id, "go");
        }

        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        meanwhile.ShouldBe(most, "they still compute");
        foreach (var process in processes)
        {
            (await process.GetResultAsync(Cancel)).Sum.ShouldBe(11);
        }

        ComputeProcess.GaugeOf(batch).Most.ShouldBe(most);
    }

    [Fact]
    public async Task Kill_WhileItComputes_IsHeardByTheToken()
    {
        var batch = NewBatch();
        var process = await StartAsync(batch);
        await Stage.ReachedAsync(process.Id, "entered", Cancel);

        await process.KillAsync("enough", cancellationToken: Cancel);

        (await process.WaitAsync(Cancel)).Message.ShouldBe("enough");
        await UntilAsync(
            "nothing computes",
            () => Task.FromResult(ComputeProcess.GaugeOf(batch).Inside),
            static now => now == 0);
    }

    [Fact]
    public async Task Steps_ThatAwaitForLong_HoldUpNoOtherProcess()
    {
        var batch = NewBatch();
        var processes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(batch, "await")));

        await Task.WhenAll(processes.Select(process => Stage.ReachedAsync(process.Id, "entered", Cancel)));
        foreach (var process in processes)
        {
            Stage.Reach(process.Id, "go");
        }

        foreach (var process in processes)
        {
            (await process.GetResultAsync(Cancel)).Sum.ShouldBe(10);
        }
    }

    private static string NewBatch() => Guid.NewGuid().ToString("N");

    private Task<ProcessHandle<ComputeOutput>> StartAsync(string batch, string does = "compute") =>
        Client.StartAsync(
            ComputeProcess.Type,
            new ComputeInput(batch, does),
            new StartOptions { Id = NewId() },
            Cancel);
}

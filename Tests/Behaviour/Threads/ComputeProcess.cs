using System.Collections.Concurrent;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Threads;

/// <summary>Computes, blocks or awaits until it may go on.</summary>
/// <param name="stage">Says when.</param>
[Process("behaviour/compute")]
public sealed class ComputeProcess(Stage stage) : WorkChain<ComputeInput, ComputeOutput, ComputeProcess.Progress>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<ComputeInput, ComputeOutput> Type = new("behaviour/compute");

    private static readonly ConcurrentDictionary<string, Gauge> Gauges = new(StringComparer.Ordinal);

    /// <summary>What was computed.</summary>
    public sealed class Progress
    {
        /// <summary>The names of the threads.</summary>
        public List<string?> Threads { get; set; } = [];

        /// <summary>A sum.</summary>
        public int Sum { get; set; }
    }

    /// <summary>Counts how many of a batch compute at a time.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>Its gauge.</returns>
    public static Gauge GaugeOf(string batch) => Gauges.GetOrAdd(batch, static _ => new Gauge());

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .If(Computes, then => then.Step(Computing))
        .ElseIf(Blocks, then => then.Step(Blocking))
        .Else(then => then.Step(Awaiting))
        .Step(Last);

    /// <inheritdoc/>
    protected override ComputeOutput CreateOutput() => new(Context.Threads, Context.Sum);

    private bool Computes() => Input.Does == "compute";

    private bool Blocks() => Input.Does == "block";

    [CpuBound]
    private async Task Computing(StepContext step)
    {
        Context.Threads.Add(Thread.CurrentThread.Name);
        GaugeOf(Input.Batch).Enter();
        stage.Reach(step.ProcessId, "entered");
        try
        {
            while (!stage.IsReached(step.ProcessId, "go"))
            {
                step.CancellationToken.ThrowIfCancellationRequested();
                Thread.SpinWait(1_000);
            }
        }
        finally
        {
            GaugeOf(Input.Batch).Leave();
        }

        await Task.Yield();
        Context.Threads.Add(Thread.CurrentThread.Name);
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        Context.Threads.Add(Thread.CurrentThread.Name);
        Context.Sum += 1;
    }

    private Task Blocking(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        SpinWait.SpinUntil(() => stage.IsReached(step.ProcessId, "go"), TimeSpan.FromSeconds(30));
        return Task.CompletedTask;
    }

    private async Task Awaiting(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
    }

    private Task Last(StepContext step)
    {
        Context.Threads.Add(Thread.CurrentThread.Name);
        Context.Sum += 10;
        return Task.CompletedTask;
    }
}

using Orleans.Workflows;

namespace Samples.CpuBound;

/// <summary>Up to where to count, and whether on the right threads.</summary>
public sealed record PrimesInput(TimeSpan Work, bool Marked);

/// <summary>How much was done, and where.</summary>
public sealed record PrimesOutput(long Tested, string Thread);

/// <summary>
/// Computes without ever giving its thread back: in a marked step on a thread for that, in the other one on its
/// process's own.
/// </summary>
[Process("primes/count")]
public sealed class CountPrimes : Process<PrimesInput, PrimesOutput>
{
    public static readonly ProcessType<PrimesInput, PrimesOutput> Type = new("primes/count");

    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Input.Marked ? Next(Marked) : Next(Unmarked));

    [CpuBound]
    private Task<StepResult> Marked(StepContext step) => Task.FromResult(Compute(step));

    private Task<StepResult> Unmarked(StepContext step) => Task.FromResult(Compute(step));

    private StepResult Compute(StepContext step)
    {
        var began = step.TimeProvider.GetTimestamp();
        var tested = 0L;
        while (step.TimeProvider.GetElapsedTime(began) < Input.Work)
        {
            step.CancellationToken.ThrowIfCancellationRequested();
            for (var divisor = 2; divisor < 10_000 && (1_000_003 + tested) % divisor != 0; divisor++)
            {
            }

            tested++;
        }

        return Finish(new PrimesOutput(tested, Thread.CurrentThread.Name ?? "a thread of the pool"));
    }
}

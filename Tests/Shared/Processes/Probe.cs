using System.Diagnostics;

namespace Orleans.Workflows.Shared.Processes;

/// <summary>Does to its silo what a step can do: wait, ignore its token, spin, fail.</summary>
[Process("test/probe")]
public sealed class Probe(ProbeRecorder recorder) : Process<ProbeInput, ProbeOutput>
{
    protected override void Configure(StepOptionsBuilder steps) => steps
        .For(nameof(Flaky), retry: RetryPolicy.Exponential(3, TimeSpan.FromMilliseconds(10)))
        .For(nameof(Slow), retry: RetryPolicy.Fixed(2, TimeSpan.Zero), timeout: TimeSpan.FromMilliseconds(200))
        .For(nameof(Deaf), timeout: TimeSpan.FromMilliseconds(200));

    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Input.Kind switch
    {
        "gate" => Next(Gate),
        "ignore" => Next(Ignore),
        "spin" => Next(Spin),
        "poll" => Next(Poll),
        "flaky" => Next(Flaky),
        "slow" => Next(Slow),
        "deaf" => Next(Deaf),
        _ => throw new InvalidOperationException($"unknown probe {Input.Kind}"),
    });

    /// <summary>Waits for the test, or for its token.</summary>
    private async Task<StepResult> Gate(StepContext step)
    {
        recorder.Enter(step.ProcessId);
        try
        {
            await recorder.GateAsync(step.ProcessId).WaitAsync(step.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            recorder.Notes.Enqueue($"{step.ProcessId} stopped: {step.StopReason}");
            throw;
        }

        recorder.Notes.Enqueue($"{step.ProcessId} attempt {step.Attempt} passed");
        return Finish(new ProbeOutput(step.Attempt));
    }

    /// <summary>Waits for the test, whatever its token says.</summary>
    private async Task<StepResult> Ignore(StepContext step)
    {
        recorder.Enter(step.ProcessId);
        await recorder.GateAsync(step.ProcessId);
        return Finish(new ProbeOutput(step.Attempt));
    }

    /// <summary>Holds its thread until the test lets it go, 30 seconds at most.</summary>
    private Task<StepResult> Spin(StepContext step)
    {
        recorder.Enter(step.ProcessId);
        var began = Stopwatch.GetTimestamp();
        var gate = recorder.GateAsync(step.ProcessId);
        while (!gate.IsCompleted && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
        {
        }

        recorder.Notes.Enqueue($"{step.ProcessId} stopped spinning");
        return Task.FromResult(Finish(new ProbeOutput(step.Attempt)));
    }

    /// <summary>Holds its thread until its token tells it to stop, 60 seconds at most.</summary>
    private Task<StepResult> Poll(StepContext step)
    {
        recorder.Enter(step.ProcessId);
        step.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
        recorder.Notes.Enqueue($"{step.ProcessId} stopped: {step.StopReason}");
        step.CancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Finish(new ProbeOutput(step.Attempt)));
    }

    private Task<StepResult> Flaky(StepContext step) =>
        step.Attempt < Input.Attempts
            ? throw Error(Input.Throws, $"attempt {step.Attempt} fails")
            : Task.FromResult(Finish(new ProbeOutput(step.Attempt)));

    /// <summary>What the engine throws or catches for reasons of its own, as the code of a step may throw it.</summary>
    private static Exception Error(string? kind, string message) => kind switch
    {
        null => new InvalidOperationException(message),
        "own token" => new OperationCanceledException(message, new CancellationToken(canceled: true)),
        "canceled task" => new TaskCanceledException(message),
        "payload" => new PayloadException(message),
        "port" => new PortValidationException(message),
        "time-out" => new TimeoutException(message),
        "no answer" => new WorkflowUnavailableException(message),
        _ => throw new InvalidOperationException($"unknown error {kind}"),
    };

    /// <summary>Takes too long the first time.</summary>
    private async Task<StepResult> Slow(StepContext step)
    {
        if (step.Attempt == 1)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, step.CancellationToken);
        }

        return Finish(new ProbeOutput(step.Attempt));
    }

    /// <summary>Takes too long and does not listen.</summary>
    private async Task<StepResult> Deaf(StepContext step)
    {
        await recorder.GateAsync(step.ProcessId);
        return Finish(new ProbeOutput(step.Attempt));
    }
}

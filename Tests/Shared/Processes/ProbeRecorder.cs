using System.Collections.Concurrent;

namespace Orleans.Workflows.Shared.Processes;

/// <summary>What probes have done, and what they wait for: the test's barriers.</summary>
public sealed class ProbeRecorder
{
    private readonly ConcurrentDictionary<ProcessId, TaskCompletionSource> _entered = new();
    private readonly ConcurrentDictionary<ProcessId, TaskCompletionSource> _gates = new();

    /// <summary>Everything that probes have noted, in order.</summary>
    public ConcurrentQueue<string> Notes { get; } = new();

    /// <summary>Completes when a probe's step has begun.</summary>
    public Task EnteredAsync(ProcessId id) => Of(_entered, id).Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Notes that a probe's step has begun.</summary>
    public void Enter(ProcessId id) => Of(_entered, id).TrySetResult();

    /// <summary>Makes the next wait for a beginning wait for a new one.</summary>
    public void Reset(ProcessId id) => _entered.TryRemove(id, out _);

    /// <summary>Lets a probe go on.</summary>
    public void Open(ProcessId id) => Of(_gates, id).TrySetResult();

    /// <summary>Completes when the test lets a probe go on.</summary>
    public Task GateAsync(ProcessId id) => Of(_gates, id).Task;

    private static TaskCompletionSource Of(ConcurrentDictionary<ProcessId, TaskCompletionSource> all, ProcessId id) =>
        all.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

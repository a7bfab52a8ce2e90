using System.Collections.Concurrent;

namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Runs until a test lets it end, whatever it is told.</summary>
[Process("test/stubborn")]
public sealed class Stubborn : Process<Echo.In, Echo.Out>
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Ends = new();

    /// <summary>Lets one end, now or as soon as it runs.</summary>
    /// <param name="id">The process.</param>
    public static void Release(string id) => EndOf(id).TrySetResult();

    /// <summary>Ends when one is let go.</summary>
    /// <param name="id">The process.</param>
    /// <returns>The end of the waiting.</returns>
    public static Task ReleasedAsync(string id) => EndOf(id).Task;

    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        await ReleasedAsync(step.ProcessId.Value);
        return Finish(new Echo.Out("let go"));
    }

    private static TaskCompletionSource EndOf(string id) =>
        Ends.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

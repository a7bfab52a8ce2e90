using Microsoft.Extensions.Time.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>Lets a fake clock go on.</summary>
internal static class GoingOn
{
    /// <summary>What waits on the engine's clock while a silo starts or stops must not wait for ever.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="task">What waits.</param>
    /// <returns>Completes with the task.</returns>
    public static async Task WhileAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await task;
    }
}

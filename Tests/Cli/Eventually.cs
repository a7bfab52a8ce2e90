using System.Diagnostics;

namespace Orleans.Workflows.CliTests;

/// <summary>Waits for what the silo does by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits for a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="expected">What was expected, for the failure message.</param>
    /// <returns>The end of the waiting.</returns>
    public static async Task TrueAsync(Func<Task<bool>> condition, string expected)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            watch.Elapsed.ShouldBeLessThan(Deadline, $"expected {expected}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}

using System.Diagnostics;

namespace Orleans.Workflows.StorageTests;

/// <summary>Waits for a condition that nothing announces.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="expected">What was expected, for the failure's message.</param>
    /// <returns>Completes when it holds.</returns>
    public static Task TrueAsync(Func<bool> condition, string expected) =>
        TrueAsync(() => Task.FromResult(condition()), expected);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="expected">What was expected, for the failure's message.</param>
    /// <returns>Completes when it holds.</returns>
    public static async Task TrueAsync(Func<Task<bool>> condition, string expected)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            watch.Elapsed.ShouldBeLessThan(Deadline, $"Expected within {Deadline}: {expected}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

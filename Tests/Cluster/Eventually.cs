using System.Diagnostics;

namespace Orleans.Workflows.Cluster;

/// <summary>Waits for a condition, with a deadline whose message says what was expected.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, int seconds = 30)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Expected within {seconds} s: {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}

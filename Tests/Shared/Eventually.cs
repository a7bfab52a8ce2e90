using System.Diagnostics;

namespace Orleans.Workflows.Shared;

/// <summary>
/// Waits for a condition that nothing announces, with a deadline whose message says what was expected.
/// </summary>
public static class Eventually
{
    /// <summary>Waits until a condition holds.</summary>
    /// <param name="what">What is expected, for the message.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="seconds">How long at most.</param>
    /// <returns>Completes when it holds.</returns>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static Task TrueAsync(string what, Func<bool> condition, int seconds = 30) =>
        TrueAsync(what, () => Task.FromResult(condition()), seconds);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="what">What is expected, for the message.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="seconds">How long at most.</param>
    /// <returns>Completes when it holds.</returns>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, int seconds = 30)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Expected within {seconds} s: {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}

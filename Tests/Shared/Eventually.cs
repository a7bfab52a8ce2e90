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
    public static Task TrueAsync(string what, Func<Task<bool>> condition, int seconds = 30) =>
        PollAsync(condition, TimeSpan.FromSeconds(seconds), () => $"{what}.", TimeSpan.FromMilliseconds(5), default);

    /// <summary>Waits until a condition holds that another process has to bring about.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="deadline">How long at most.</param>
    /// <param name="expected">What is expected, and what is there instead, for the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static Task<TimeSpan> TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan deadline,
        Func<string> expected,
        CancellationToken cancellationToken = default) =>
        PollAsync(condition, deadline, expected, TimeSpan.FromMilliseconds(50), cancellationToken);

    private static async Task<TimeSpan> PollAsync(
        Func<Task<bool>> condition,
        TimeSpan deadline,
        Func<string> expected,
        TimeSpan interval,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > deadline)
            {
                throw new TimeoutException($"Expected within {deadline.TotalSeconds:0.#} s: {expected()}");
            }

            await Task.Delay(interval, TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began);
    }
}

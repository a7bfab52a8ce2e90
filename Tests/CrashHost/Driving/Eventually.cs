namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>Waits for a condition that nothing announces.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="deadline">How long at most.</param>
    /// <param name="expected">What is expected, and what is there instead, for the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task<TimeSpan> TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan deadline,
        Func<string> expected,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(expected);
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > deadline)
            {
                throw new TimeoutException($"Expected within {deadline.TotalSeconds:0.#} s: {expected()}");
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }
}

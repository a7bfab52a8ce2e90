namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// When a step that has failed is tried again: what of a retry policy is left when the error is known.
/// </summary>
/// <param name="MaxAttempts">The number of attempts in all.</param>
/// <param name="FirstDelay">The time from the first failure to the second attempt.</param>
/// <param name="Factor">By what each delay is multiplied for the next.</param>
/// <param name="MaxDelay">The longest delay.</param>
internal sealed record RetryRule(int MaxAttempts, TimeSpan FirstDelay, double Factor, TimeSpan MaxDelay)
{
    /// <summary>When to try again.</summary>
    /// <returns>The delay; null for never.</returns>
    public TimeSpan? DelayAfter(int failures) => failures >= MaxAttempts
        ? null
        : TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(Factor, failures - 1), MaxDelay.Ticks));
}

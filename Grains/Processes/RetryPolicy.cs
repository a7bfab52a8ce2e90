using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows;

/// <summary>How often, and after how long, a step that failed is tried again.</summary>
/// <remarks>Crashes of the host and stops of the silo are no failures and use up nothing of it.</remarks>
public sealed record RetryPolicy
{
    private static readonly TimeSpan DefaultFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefaultLongest = TimeSpan.FromMinutes(5);

    private RetryPolicy()
    {
    }

    /// <summary>One attempt: the first failure is for good. The default.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>The number of attempts in all, 1 or more.</summary>
    public int MaxAttempts { get; private init; } = 1;

    /// <summary>The time from the first failure to the second attempt; zero for at once.</summary>
    public TimeSpan FirstDelay { get; private init; }

    /// <summary>By what each delay is multiplied for the next; 1 for equal delays.</summary>
    public double Factor { get; private init; } = 1;

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; private init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the values that it was made of; null for nothing.</summary>
    internal string? Fault { get; private init; }

    /// <summary>Exception types that are never retried, with those that derive from them.</summary>
    public IReadOnlyList<Type> NotOn { get; private init; } = [];

    /// <summary>Tries again after equal delays.</summary>
    /// <param name="maxAttempts">The number of attempts in all, 1 or more.</param>
    /// <param name="delay">The time from a failure to the next attempt, zero or more.</param>
    /// <returns>The policy. A value out of its range is a fault of the definition that has it, at start-up.</returns>
    public static RetryPolicy Fixed(int maxAttempts, TimeSpan delay) =>
        Create(maxAttempts, (nameof(delay), delay), 1, delay);

    /// <summary>Tries again after delays that double.</summary>
    /// <param name="maxAttempts">The number of attempts in all, 1 or more.</param>
    /// <param name="firstDelay">The time from the first failure to the second attempt. Default: one second.</param>
    /// <param name="maxDelay">The longest delay. Default: five minutes, or the first delay when that is longer.</param>
    /// <returns>The policy. A value out of its range is a fault of the definition that has it, at start-up.</returns>
    public static RetryPolicy Exponential(int maxAttempts, TimeSpan? firstDelay = null, TimeSpan? maxDelay = null) =>
        Create(
            maxAttempts,
            (nameof(firstDelay), firstDelay ?? DefaultFirst),
            2,
            maxDelay ?? (firstDelay > DefaultLongest ? firstDelay.Value : DefaultLongest));

    /// <summary>
    /// The same policy, with an exception that is never retried, nor an <see cref="AggregateException"/> with one among
    /// its causes.
    /// </summary>
    /// <typeparam name="TException">The exception's type; derived types count.</typeparam>
    /// <returns>The policy.</returns>
    public RetryPolicy Except<TException>()
        where TException : Exception => this with { NotOn = [.. NotOn, typeof(TException)] };

    /// <summary>What the engine decides by, when the error is known.</summary>
    /// <param name="exception">What an attempt threw.</param>
    /// <returns>The rule; null when such an error is never retried.</returns>
    internal RetryRule? RuleFor(Exception exception) =>
        MaxAttempts == 1 || NotOn.Any(type => CausesOf(exception).Any(type.IsInstanceOfType))
            ? null
            : new RetryRule(MaxAttempts, FirstDelay, Factor, MaxDelay);

    /// <summary>Several that failed together are as bad as the worst of them.</summary>
    private static IEnumerable<Exception> CausesOf(Exception exception) =>
        exception is AggregateException several ? several.Flatten().InnerExceptions.Prepend(exception) : [exception];

    private static RetryPolicy Create(
        int maxAttempts,
        (string Name, TimeSpan Value) first,
        double factor,
        TimeSpan maxDelay)
    {
        // Not thrown: that would end the outline which it is written in, and hide all other faults.
        var faults = new List<string>();
        if (maxAttempts < 1)
        {
            faults.Add($"its {nameof(maxAttempts)} is {maxAttempts} and must be 1 or more");
        }

        if (first.Value < TimeSpan.Zero)
        {
            faults.Add($"its {first.Name} is {first.Value} and must be zero or more");
        }

        if (maxDelay < first.Value)
        {
            faults.Add($"its {nameof(maxDelay)} is {maxDelay} and must be {first.Name}, {first.Value}, or more");
        }

        return new RetryPolicy
        {
            MaxAttempts = maxAttempts,
            FirstDelay = first.Value,
            Factor = factor,
            MaxDelay = maxDelay,
            Fault = faults.Count == 0 ? null : string.Join(", and ", faults),
        };
    }
}

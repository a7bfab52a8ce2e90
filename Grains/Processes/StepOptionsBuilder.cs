namespace Orleans.Workflows;

/// <summary>Gives steps of a step machine a retry policy or timeout of their own.</summary>
public sealed class StepOptionsBuilder
{
    private readonly Dictionary<string, (RetryPolicy? Retry, TimeSpan? Timeout)> _options = [];

    internal StepOptionsBuilder()
    {
    }

    /// <summary>Sets the options of a step.</summary>
    /// <param name="step">The method's name: <c>nameof(Charge)</c>.</param>
    /// <param name="retry">How failures are retried; null for the type's <see cref="Process.Retry"/>.</param>
    /// <param name="timeout">
    /// How long an attempt may take, from its start on, at most 49 days; null for the type's <see
    /// cref="Process.StepTimeout"/>.
    /// </param>
    /// <returns>This, for the next step.</returns>
    public StepOptionsBuilder For(string step, RetryPolicy? retry = null, TimeSpan? timeout = null)
    {
        // A name of no step is a fault of the definition, and so is an empty one.
        _options[step ?? ""] = (retry, timeout);
        return this;
    }

    internal (RetryPolicy? Retry, TimeSpan? Timeout) Of(string step) => _options.GetValueOrDefault(step);

    internal IEnumerable<string> Steps => _options.Keys;
}

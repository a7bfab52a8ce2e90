using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage;

/// <summary>
/// Knows how much more may come into large inboxes before they are measured again: to measure one for each signal
/// would cost the square of how many there are. One for all writers of a silo.
/// </summary>
internal sealed class InboxBudgets
{
    /// <summary>A smaller inbox is measured each time, which costs a look at 64 signals at most.</summary>
    public const long Small = 64 * 1_024;

    /// <summary>
    /// So much of what is left may come without another measurement, for a second: with no more silos than this, all of
    /// them together do not go beyond the bound. Close to it every signal is measured.
    /// </summary>
    private const long Share = 16;

    private const int Most = 10_000;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ProcessId, (long Left, long MeasuredAt)> _budgets = [];

    /// <summary>Whether a signal fits without a measurement.</summary>
    /// <returns>Whether it does, or counts nothing.</returns>
    public bool Covers(InboxMessage message)
    {
        if (message.CountedBytes == 0)
        {
            return true;
        }

        lock (_lock)
        {
            if (!_budgets.TryGetValue(message.Receiver, out var budget)
                || budget.Left < message.CountedBytes
                || TimeProvider.System.GetElapsedTime(budget.MeasuredAt) > Life)
            {
                return false;
            }

            _budgets[message.Receiver] = budget with { Left = budget.Left - message.CountedBytes };
            return true;
        }
    }

    /// <summary>Takes note of a measurement.</summary>
    /// <param name="message">The signal for which it was made, and which comes in if it fits.</param>
    /// <param name="counted">What the open signals of its receiver count without it.</param>
    public void Measured(InboxMessage message, long counted)
    {
        if (counted < Small)
        {
            // Most inboxes are, and nothing is known of them: no lock for those.
            return;
        }

        var left = Math.Max(0, WorkflowLimits.MaxInboxBytes - counted - message.CountedBytes) / Share;
        lock (_lock)
        {
            if (_budgets.Count >= Most)
            {
                _budgets.Clear();
            }

            _budgets[message.Receiver] = (left, TimeProvider.System.GetTimestamp());
        }
    }
}

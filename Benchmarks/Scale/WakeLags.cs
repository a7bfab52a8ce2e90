using System.Globalization;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// How late timers are: from the due time to the commit that takes the timer in and schedules the next step (version 3
/// of a row that the bulk load wrote), and to the commit of that step (version 4).
/// </summary>
/// <param name="prefix">How the ids of the rows begin.</param>
/// <param name="count">How many there are.</param>
internal sealed class WakeLags(string prefix, int count)
{
    private readonly long[] _due = new long[count];
    private readonly float[] _resumed = new float[count];
    private readonly float[] _done = new float[count];
    private int _finished;

    /// <summary>How many have committed the step behind their wait.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>Notes when one is due.</summary>
    /// <param name="index">Which.</param>
    /// <param name="at">When, as the row says.</param>
    public void Expect(int index, DateTimeOffset at) => _due[index] = at.UtcTicks;

    /// <summary>Takes note of a commit.</summary>
    /// <param name="row">The row.</param>
    public void Committed(ProcessRow row)
    {
        if (row.Version is not (3 or 4) || !row.Id.Value.StartsWith(prefix, StringComparison.Ordinal))
        {
            return;
        }

        var index = int.Parse(row.Id.Value.AsSpan(prefix.Length), CultureInfo.InvariantCulture);
        if (index >= count || _due[index] == 0)
        {
            return;
        }

        // A timer is never early; 0 says that there is nothing yet.
        var late = Math.Max(
            0.001f,
            (TimeProvider.System.GetUtcNow().UtcTicks - _due[index]) / (float)TimeSpan.TicksPerMillisecond);
        if (row.Version == 3)
        {
            _resumed[index] = late;
        }
        else
        {
            _done[index] = late;
            Interlocked.Increment(ref _finished);
        }
    }

    /// <summary>The lags to the commit that takes the timer in.</summary>
    /// <param name="first">The first timer that counts.</param>
    /// <param name="last">The one behind the last; null for all.</param>
    /// <returns>Milliseconds, in no order.</returns>
    public IEnumerable<double> Resumed(int first = 0, int? last = null) => Lags(_resumed, first, last);

    /// <summary>The lags to the commit of the next step.</summary>
    /// <param name="first">The first timer that counts.</param>
    /// <param name="last">The one behind the last; null for all.</param>
    /// <returns>Milliseconds, in no order.</returns>
    public IEnumerable<double> Done(int first = 0, int? last = null) => Lags(_done, first, last);

    private static IEnumerable<double> Lags(float[] lags, int first, int? last) =>
        lags.Take(first..(last ?? lags.Length)).Where(static lag => lag > 0).Select(static lag => (double)lag);
}

using Orleans.Workflows.CrashHost.Storm.Checking;

namespace Orleans.Workflows.CrashHost.Storm;

/// <summary>Notes when a silo takes calls and no fault has it.</summary>
/// <param name="lacks">The type that it does not have.</param>
internal sealed class SiloTimes(string? lacks)
{
    private readonly Lock _lock = new();
    private readonly List<SiloTime> _times = [];
    private DateTimeOffset? _since;

    /// <summary>Notes that it is well, or that it is not.</summary>
    /// <param name="well">Which.</param>
    public void Note(bool well)
    {
        lock (_lock)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (!well && _since is { } since)
            {
                _times.Add(new SiloTime(lacks, since, now));
            }

            _since = well ? _since ?? now : null;
        }
    }

    /// <summary>The times so far.</summary>
    /// <returns>The times.</returns>
    public IReadOnlyList<SiloTime> Read()
    {
        lock (_lock)
        {
            return _since is { } since
                ? [.. _times, new SiloTime(lacks, since, TimeProvider.System.GetUtcNow())]
                : [.. _times];
        }
    }
}

using System.Globalization;

namespace Orleans.Workflows.Grains.Clock;

/// <summary>
/// Finds out how long the machine has slept. On Linux the monotonic clock stands still meanwhile, so that a laptop's
/// timers would be as late as it slept; the uptime goes on. Where there is none to read, nothing has slept.
/// </summary>
internal sealed class MachineSleep(ClusterClock clock)
{
    private const string Uptime = "/proc/uptime";

    /// <summary>Longer than two readings one after the other are apart.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private TimeSpan? _awake;

    /// <summary>How long the machine slept since the last call.</summary>
    /// <returns>The time; zero before the second call.</returns>
    public TimeSpan Take()
    {
        if (!OperatingSystem.IsLinux() || Read() is not { } uptime)
        {
            return TimeSpan.Zero;
        }

        var ahead = uptime - clock.Elapsed;
        var slept = ahead - (_awake ?? ahead);
        if (_awake is not null && slept < Shortest)
        {
            return TimeSpan.Zero;
        }

        _awake = ahead;
        return slept;
    }

    private static TimeSpan? Read()
    {
        try
        {
            return TimeSpan.FromSeconds(
                double.Parse(File.ReadAllText(Uptime).Split(' ')[0], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}

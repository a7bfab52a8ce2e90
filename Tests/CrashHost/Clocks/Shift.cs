using System.Globalization;

namespace Orleans.Workflows.CrashHost.Clocks;

/// <summary>
/// How far a clock is wrong: a file with a number of seconds, which may be written at any time. None is written, or
/// there yet, for right.
/// </summary>
public sealed class Shift : IDisposable
{
    /// <summary>How soon a host takes note of another number.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly string _file;
    private readonly ITimer _timer;
    private long _ticks;

    /// <summary>Follows a file.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="clock">The name of the clock.</param>
    public Shift(string folder, string clock)
    {
        _file = FileOf(folder, clock);
        Read();
        _timer = TimeProvider.System.CreateTimer(static shift => ((Shift)shift!).Read(), this, Interval, Interval);
    }

    /// <summary>By how much the clock is ahead.</summary>
    public TimeSpan Ahead => new(Volatile.Read(ref _ticks));

    /// <summary>Sets a clock.</summary>
    /// <param name="folder">Where its file is.</param>
    /// <param name="clock">Its name.</param>
    /// <param name="ahead">By how much it is ahead from now on.</param>
    public static void Write(string folder, string clock, TimeSpan ahead)
    {
        // In one go: who reads meanwhile must not find half a number.
        var next = FileOf(folder, clock) + ".next";
        File.WriteAllText(next, ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        File.Move(next, FileOf(folder, clock), overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static string FileOf(string folder, string clock) => Path.Combine(folder, $"clock-{clock}");

    private void Read()
    {
        try
        {
            Volatile.Write(
                ref _ticks,
                TimeSpan.FromSeconds(double.Parse(File.ReadAllText(_file), CultureInfo.InvariantCulture)).Ticks);
        }
        catch (IOException)
        {
            // Nobody has set it yet, or the test is over.
        }
    }
}

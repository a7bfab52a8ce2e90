using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Overload;

/// <summary>
/// Refuses new starts while the silo is short of memory or of threads. Signals, controls, children of processes that
/// run and commits are never refused: they are what makes the load go away. It looks on a thread of its own, since the
/// pool's are what may be missing.
/// </summary>
/// <param name="readings">What the silo measures of itself.</param>
/// <param name="places">The places for starts, which are refused for want of one without a look.</param>
/// <param name="store">Has a bound of its own on what waits to be written.</param>
/// <param name="logger">Is told when it begins and ends.</param>
internal sealed partial class StartShedding(
    LoadReadings readings, StartPlaces places, IProcessStore store, ILogger<StartShedding> logger) : IDisposable
{
    /// <summary>The reason of a silo that is short of memory.</summary>
    public const string Memory = "Memory";

    /// <summary>The reason of a silo that is short of threads.</summary>
    public const string Threads = "Threads";

    /// <summary>
    /// The reason of a silo that has more starts than it answers soon, or more to write than it keeps in memory.
    /// </summary>
    public const string Load = "Overloaded";

    private const double MemoryFrom = 0.80;
    private const double MemoryUntil = 0.75;

    /// <summary>
    /// How many looks in a row must find that work waits, a second: a pause of the collector is no shortage of threads.
    /// </summary>
    private const int SlowLooks = 4;

    /// <summary>How many looks in a row must find all well before starts are taken again: a second.</summary>
    private const int CalmLooks = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DelayFrom = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DelayUntil = TimeSpan.FromMilliseconds(250);

    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly ILogger _logger = logger;
    private volatile Shortage? _shortage;
    private Thread? _thread;
    private int _calm;
    private int _slow;

    /// <summary>What the silo is short of; null while starts are taken.</summary>
    public Shortage? Current => _shortage;

    /// <summary>
    /// What the silo or its store is short of, so that no start is taken; null while starts are taken.
    /// </summary>
    public Shortage? WhyNoStarts => Current ?? (store.Overload is { } text ? new Shortage(Load, text) : null);

    /// <summary>The places for starts that are under way.</summary>
    public StartPlaces Places => places;

    /// <summary>Begins to look.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "Load of the silo" };
        _thread.UnsafeStart();
    }

    /// <summary>Looks once. Starts are refused from a limit on, and taken again some way below it.</summary>
    public void Look()
    {
        var (used, limit) = readings.Memory();
        var delay = readings.PoolDelay();
        _slow = delay > DelayFrom && !places.AreAnsweredWithin(DelayFrom) ? _slow + 1 : 0;
        var found = used > MemoryFrom ? OfMemory(used, limit) : _slow >= SlowLooks ? OfThreads(delay) : null;
        if (found is not null)
        {
            _calm = 0;
            if (_shortage?.Reason != found.Reason)
            {
                LogShedding(found.Text);
            }

            _shortage = found;
        }
        else if (_shortage is not null)
        {
            _calm = used < MemoryUntil && delay < DelayUntil ? _calm + 1 : 0;
            if (_calm >= CalmLooks)
            {
                _shortage = null;
                LogTaking();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _thread?.Join(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private static Shortage OfMemory(double used, long limit) =>
        new(
            Memory,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The silo uses {used:P0} of its memory of {limit >> 20:N0} MiB; above {MemoryFrom:P0} it takes no new "
                + $"processes. What was started goes on. Start it again later; if that stays so, add silos or give "
                + $"them more memory."));

    private static Shortage OfThreads(TimeSpan delay) =>
        new(
            Threads,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Work waits {delay.TotalMilliseconds:0} ms for a thread of the silo; above "
                + $"{DelayFrom.TotalMilliseconds:0} ms it takes no new processes. What was started goes on. Start it "
                + $"again later; if that stays so, look for steps that hold their thread "
                + $"(orleans.workflows.steps.blocked), or add silos."));

    private void Run()
    {
        while (!_stop.WaitOne(Interval))
        {
            Look();
        }
    }

    [LoggerMessage(400051, LogLevel.Warning, "New starts are refused. {Reason}")]
    private partial void LogShedding(string reason);

    [LoggerMessage(400052, LogLevel.Warning, "New starts are taken again.")]
    private partial void LogTaking();

    /// <summary>What the silo is short of.</summary>
    /// <param name="Reason">Memory, Threads or Overloaded.</param>
    /// <param name="Text">What whoever starts a process is told.</param>
    internal sealed record Shortage(string Reason, string Text)
    {
        /// <summary>Whether it is no overload: nothing is answered at all.</summary>
        public bool IsAway { get; init; }
    }
}

using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Benchmarks.Load;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// Another program that wants half of the machine: this one, as a process of its own with the hidden command
/// <c>spin</c>. It is ended by its id; should nobody do that, it ends with its standard input or when its time is over.
/// </summary>
internal sealed class Neighbour : IDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly OsProcess _process;
    private readonly long _began = Stopwatch.GetTimestamp();

    private Neighbour(OsProcess process) => _process = process;

    /// <summary>Starts one.</summary>
    /// <param name="longest">When it ends by itself at the latest.</param>
    /// <returns>The neighbour.</returns>
    public static Neighbour Start(TimeSpan longest) =>
        new(
            OwnProgram.Start([
                "spin",
                "--seconds",
                ((int)(longest + Slack).TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ]));

    /// <summary>Ends it.</summary>
    /// <returns>How many CPUs it had, on average.</returns>
    public double End()
    {
        var (used, elapsed) = (_process.TotalProcessorTime, Stopwatch.GetElapsedTime(_began));
        _process.Kill();
        return used / elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit(Slack);
        _process.Dispose();
    }

    /// <summary>Is the neighbour: uses half of the cores' time, by as many threads as it needs to get that.</summary>
    /// <param name="longest">When it ends at the latest.</param>
    public static void Spin(TimeSpan longest)
    {
        var began = Stopwatch.GetTimestamp();
        using var over = new ManualResetEvent(initialState: false);
        var threads = Enumerable
            .Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => new Thread(SpinHere) { IsBackground = true })
            .ToList();
        threads.ForEach(static thread => thread.UnsafeStart());
        var input = new Thread(() =>
        {
            Console.In.ReadToEnd();
            over.Set();
        })
        {
            IsBackground = true,
        };
        input.UnsafeStart();
        over.WaitOne(longest);

        void SpinHere()
        {
            while (!over.WaitOne(1))
            {
                while (
                    Environment.CpuUsage.TotalTime < Stopwatch.GetElapsedTime(began) * Environment.ProcessorCount / 2)
                {
                    Thread.SpinWait(10_000);
                }
            }
        }
    }
}

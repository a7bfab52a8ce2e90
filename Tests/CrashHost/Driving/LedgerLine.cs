using System.Globalization;
using System.Text;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>One line of the ledger.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="RunId">Its run.</param>
/// <param name="Number">The number of completed steps, the last part of the idempotency key.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Step">The step's position.</param>
/// <param name="Ended">Whether the attempt ended here; else it began.</param>
public sealed record LedgerLine(string ProcessId, string RunId, int Number, int Attempt, string Step, bool Ended)
{
    /// <summary>When, by the true time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Reads a ledger that may be written to meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its whole lines.</returns>
    public static IReadOnlyList<LedgerLine> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.ASCII);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static LedgerLine Parse(string line)
    {
        if (
            line.Split(' ') is [var key, var attempt, var step, ("begin" or "end") and var phase, var at]
            && key.Split(':') is [var process, var run, var number])
        {
            return new LedgerLine(
                process,
                run,
                int.Parse(number, CultureInfo.InvariantCulture),
                int.Parse(attempt, CultureInfo.InvariantCulture),
                step,
                phase == "end")
            {
                At = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)),
            };
        }

        throw new FormatException($"The ledger has a line that no step writes: '{line}'.");
    }
}

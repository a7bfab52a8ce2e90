using System.Globalization;

namespace Orleans.Workflows.Benchmarks.Measures;

/// <summary>
/// Reads CPU times of the machine and of trees of processes from /proc. Elsewhere than on Linux there are none.
/// </summary>
internal static class MachineCpu
{
    /// <summary>The unit of /proc: USER_HZ, which is 100 on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The time that all CPUs together have worked since the machine was started.</summary>
    /// <returns>Seconds; null where there is no /proc.</returns>
    public static double? Busy()
    {
        if (!File.Exists("/proc/stat"))
        {
            return null;
        }

        // user nice system idle iowait irq softirq steal: what the host gave to others counts as work too, it was not
        // ours.
        var fields = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(Number)
            .ToArray();
        return (fields.Sum() - fields[3] - fields[4]) / TicksPerSecond;
    }

    /// <summary>The time that a process, its descendants and those of its children that have ended have used.</summary>
    /// <param name="root">The process.</param>
    /// <returns>Seconds.</returns>
    public static double OfTree(int root)
    {
        var all = Directory
            .EnumerateDirectories("/proc")
            .Select(static folder => Path.GetFileName(folder))
            .Where(static name => char.IsAsciiDigit(name[0]))
            .Select(Read)
            .OfType<Stat>()
            .ToList();
        var byParent = all.ToLookup(static stat => stat.Parent);
        var sum = 0.0;
        var open = new Queue<Stat>(all.Where(stat => stat.Id == root));
        while (open.TryDequeue(out var stat))
        {
            sum += stat.Own + (stat.Id == root ? stat.Ended : 0);
            foreach (var child in byParent[stat.Id])
            {
                open.Enqueue(child);
            }
        }

        return sum / TicksPerSecond;
    }

    /// <summary>The time that children of this program have used which have ended.</summary>
    /// <returns>Seconds; null where there is no /proc.</returns>
    public static double? OfEndedChildren() => Read("self") is { } self ? self.Ended / TicksPerSecond : null;

    /// <summary>The parent of a process.</summary>
    /// <param name="id">The process.</param>
    /// <returns>Its parent; null when there is no such process here.</returns>
    public static int? ParentOf(int id) => Read(id.ToString(CultureInfo.InvariantCulture))?.Parent;

    /// <summary>The name of a process's program.</summary>
    /// <param name="id">The process.</param>
    /// <returns>The name; null when there is no such process here.</returns>
    public static string? NameOf(int id) =>
        File.Exists($"/proc/{id}/comm") ? File.ReadAllText($"/proc/{id}/comm").Trim() : null;

    private static Stat? Read(string id)
    {
        try
        {
            // The name, in brackets, may have blanks.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(
                (int)Number(text.Split(' ', 2)[0]),
                (int)Number(fields[1]),
                Number(fields[11]) + Number(fields[12]),
                Number(fields[13]) + Number(fields[14]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What /proc says of a process, in ticks.</summary>
    private sealed record Stat(int Id, int Parent, double Own, double Ended);
}

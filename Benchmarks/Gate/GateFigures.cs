using System.Globalization;
using System.Text.Json;

namespace Orleans.Workflows.Benchmarks.Gate;

/// <summary>
/// What the gate for speed compares: ratios, which a slower machine changes little, and allocations, which it does not
/// change.
/// </summary>
/// <param name="Hello5PerFloor">
/// Steps per second of hello5 on PostgreSQL, divided by the database's own single-row commits per second.
/// </param>
/// <param name="Steps100PerFloor">The same of steps100.</param>
/// <param name="AllocatedKiB">What a silo allocates for a process of hello5 on the memory store, in KiB.</param>
internal sealed record GateFigures(double Hello5PerFloor, double Steps100PerFloor, double AllocatedKiB)
{
    private const double LeastShare = 0.70;
    private const double MostAllocated = 1.15;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads figures.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="BenchmarkException">The file has none.</exception>
    public static GateFigures Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<GateFigures>(File.ReadAllText(file), Json)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BenchmarkException(
                $"The recorded figures in {file} cannot be read: {e.Message} Write them by 'gate --record'.",
                e);
        }
    }

    /// <summary>Writes the figures.</summary>
    /// <param name="file">The file.</param>
    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Compares measured figures with these.</summary>
    /// <param name="measured">What was measured.</param>
    /// <returns>One line for each figure, and whether it is within its bound.</returns>
    public IEnumerable<(string Line, bool IsRed)> Compare(GateFigures measured)
    {
        yield return AtLeast("hello5, steps/s : floor", measured.Hello5PerFloor, Hello5PerFloor);
        yield return AtLeast("steps100, steps/s : floor", measured.Steps100PerFloor, Steps100PerFloor);
        var isRed = !(measured.AllocatedKiB <= AllocatedKiB * MostAllocated);
        yield return (
            Line("allocated, KiB/process", measured.AllocatedKiB, AllocatedKiB, $"at most {MostAllocated:P0}", isRed),
            isRed);
    }

    private static (string Line, bool IsRed) AtLeast(string name, double measured, double recorded)
    {
        // Not by '<': what could not be measured is no number, and red.
        var isRed = !(measured >= recorded * LeastShare);
        return (Line(name, measured, recorded, $"at least {LeastShare:P0}", isRed), isRed);
    }

    private static string Line(string name, double measured, double recorded, string bound, bool isRed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-26} {measured,8:0.00}   recorded {recorded,8:0.00}   {measured / recorded,5:P0}, "
            + $"{bound}{(isRed ? "   RED" : "")}");
}

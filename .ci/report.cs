// Reads what test.sh left in artifacts/test-results, so that neither script needs more than the .NET SDK:
//   tests            sums the results up; the last line is "N passed, N failed"
//   failures         each failed test with its message and stack, shortened
//   coverage         line and branch coverage of each product assembly beside its floor in Tests/coverage.json
//   gate [previous]  the same, and red below a floor or if a floor is lower than in the previous Tests/coverage.json

using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

const string ResultsDirectory = "artifacts/test-results";
const string FloorsFile = "Tests/coverage.json";

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["tests"]:
        return SumTests();
    case ["failures"]:
        PrintFailures();
        return 0;
    case ["coverage"]:
        ReportCoverage(previousFloors: null);
        return 0;
    case ["gate"]:
        return ReportCoverage(previousFloors: null);
    case ["gate", var previous]:
        return ReportCoverage(ReadFloors(previous));
    default:
        Console.Error.WriteLine("usage: report.cs tests | coverage | gate [previous coverage.json]");
        return 2;
}

static int SumTests()
{
    int passed = 0, failed = 0, skipped = 0;
    var projects = Directory.Exists(ResultsDirectory) ? Directory.GetDirectories(ResultsDirectory) : [];
    foreach (var directory in projects.Order(StringComparer.Ordinal))
    {
        var project = Path.GetFileName(directory);
        var trx = ReadTrx(Path.Combine(directory, "results.trx"));
        var counters = trx?.Descendants().FirstOrDefault(element => element.Name.LocalName == "Counters");
        if (counters is null || Count(counters, "total") == 0)
        {
            Console.WriteLine(
                $"{project}: {(counters is null ? "no test results" : "no tests")}, counted as one failed");
            failed++;
            continue;
        }

        // Skipped tests are in no counter of their own, and all that is neither passed nor skipped has failed.
        var skippedHere = Count(counters, "total") - Count(counters, "executed");
        var failedHere = Count(counters, "executed") - Count(counters, "passed");
        passed += Count(counters, "passed");
        skipped += skippedHere;
        failed += failedHere;
        Console.WriteLine($"{project}: {Count(counters, "total")} tests in {DurationOf(trx!):0} s");
        foreach (var test in trx!.Descendants().Where(element => element.Name.LocalName == "UnitTestResult"))
        {
            if ((string?)test.Attribute("outcome") is not ("Passed" or "NotExecuted"))
            {
                Console.WriteLine($"{project}: failed {(string?)test.Attribute("testName")}");
            }
        }

        // A test host that dies between two tests leaves no failed test behind.
        var end = Path.Combine(directory, "exit-code");
        var exitCode = File.Exists(end) ? File.ReadAllText(end).Trim() : "no exit code";
        if (exitCode != "0" && failedHere == 0)
        {
            Console.WriteLine($"{project}: dotnet test ended with {exitCode}, counted as one failed");
            failed++;
        }
    }

    if (projects.Length == 0)
    {
        Console.WriteLine("No test project ran, counted as one failed");
        failed++;
    }

    Console.WriteLine($"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : "")}");
    return failed == 0 ? 0 : 1;
}

static void PrintFailures()
{
    const int LinesEach = 40;
    var projects = Directory.Exists(ResultsDirectory) ? Directory.GetDirectories(ResultsDirectory) : [];
    foreach (var directory in projects.Order(StringComparer.Ordinal))
    {
        var results = ReadTrx(Path.Combine(directory, "results.trx"))?.Descendants() ?? [];
        foreach (var test in results.Where(element => element.Name.LocalName == "UnitTestResult"))
        {
            if ((string?)test.Attribute("outcome") is not ("Passed" or "NotExecuted"))
            {
                Console.WriteLine($"{Path.GetFileName(directory)}: failed {(string?)test.Attribute("testName")}");
                var texts = test.Descendants().Where(element => element.Name.LocalName is "Message" or "StackTrace");
                foreach (var line in texts.SelectMany(text => text.Value.Split('\n')).Take(LinesEach))
                {
                    Console.WriteLine($"    {line.TrimEnd()}");
                }
            }
        }
    }
}

static XDocument? ReadTrx(string file)
{
    try
    {
        return XDocument.Load(file);
    }
    catch (Exception exception) when (exception is IOException or XmlException)
    {
        return null;
    }
}

static double DurationOf(XDocument trx)
{
    var times = trx.Descendants().First(element => element.Name.LocalName == "Times");
    return ((DateTimeOffset)times.Attribute("finish")! - (DateTimeOffset)times.Attribute("start")!).TotalSeconds;
}

static int Count(XElement counters, string name) => (int?)counters.Attribute(name) ?? 0;

static int ReportCoverage(Dictionary<string, Floor>? previousFloors)
{
    var floors = ReadFloors(FloorsFile);
    var hits = MergeCoverage();
    var assemblies = ProductAssemblies();
    List<string> errors = [], hints = [];

    Console.WriteLine($"{"assembly",-34} {"line %",8} {"floor",6} {"branch %",9} {"floor",6}");
    foreach (var assembly in assemblies)
    {
        var measured = hits.GetValueOrDefault(assembly);
        var line = measured is null ? 0 : measured.LinePercent;
        var branch = measured is null ? 0 : measured.BranchPercent;
        floors.TryGetValue(assembly, out var floor);
        var entry =
            $"\"{assembly}\": {{ \"line\": {Raised(floor?.Line, line)}, \"branch\": {Raised(floor?.Branch, branch)} }}";
        if (floor is null)
        {
            errors.Add($"{FloorsFile} has no floor for {assembly}; add {entry}");
        }
        else if (line < floor.Line || branch < floor.Branch)
        {
            errors.Add($"{assembly} is below its floor{(measured is null ? ": no test measured it" : "")}");
        }
        else if (line > floor.Line + 2 || branch > floor.Branch + 2)
        {
            hints.Add($"  {entry}");
        }

        Console.WriteLine(
            $"{assembly, -34} {Tenths(line), 8:F1} {floor?.Line, 6} {Tenths(branch), 9:F1} {floor?.Branch, 6}");
    }

    errors.AddRange(
        floors.Keys.Except(assemblies).Select(name => $"{FloorsFile} names {name}, which is no product assembly"));
    foreach (var (assembly, previous) in previousFloors ?? [])
    {
        if (
            floors.TryGetValue(assembly, out var floor)
            && (floor.Line < previous.Line || floor.Branch < previous.Branch))
        {
            errors.Add($"the floor of {assembly} got lower: it was line {previous.Line}, branch {previous.Branch}");
        }
    }

    if (hints.Count > 0)
    {
        Console.WriteLine($"The floor only rises; {FloorsFile} can now say:");
        hints.ForEach(Console.WriteLine);
    }

    errors.ForEach(error => Console.WriteLine($"coverage: {error}"));
    return errors.Count == 0 ? 0 : 1;
}

// Rounded down, so that no shortfall shows as the floor itself.
static double? Tenths(double? percent) => percent is { } known ? Math.Floor(known * 10) / 10 : null;

// One point of room: crash and cluster tests do not take the same branches in every run.
static double Raised(double? floor, double? percent) => Math.Max(floor ?? 0, Math.Floor((percent - 1) ?? 0));

static string[] ProductAssemblies() =>
[
    .. from directory in Directory.GetDirectories(".")
       where Path.GetFileName(directory) is not ("Tests" or "Samples" or "Benchmarks" or "artifacts")
       from project in Directory.GetFiles(directory, "*.csproj")
       let assembly = $"Orleans.Workflows.{Path.GetFileNameWithoutExtension(project)}"
       orderby assembly
       select assembly
];

static Dictionary<string, Floor> ReadFloors(string file)
{
    using var document = JsonDocument.Parse(File.ReadAllText(file));
    return document.RootElement.EnumerateObject().ToDictionary(
        entry => entry.Name,
        entry => new Floor(entry.Value.GetProperty("line").GetDouble(), entry.Value.GetProperty("branch").GetDouble()));
}

// A line or branch counts as covered if any test project reached it.
static Dictionary<string, Hits> MergeCoverage()
{
    Dictionary<string, Hits> merged = [];
    var reports = Directory.Exists(ResultsDirectory)
        ? Directory.GetFiles(ResultsDirectory, "coverage.json", SearchOption.AllDirectories)
        : [];
    foreach (var report in reports)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        foreach (var module in document.RootElement.EnumerateObject())
        {
            var assembly = Path.GetFileNameWithoutExtension(module.Name);
            var hits = merged.TryGetValue(assembly, out var known) ? known : merged[assembly] = new Hits();
            foreach (var file in module.Value.EnumerateObject())
            {
                foreach (var method in file.Value.EnumerateObject().SelectMany(type => type.Value.EnumerateObject()))
                {
                    AddMethod(hits, file.Name, method);
                }
            }
        }
    }

    return merged;
}

static void AddMethod(Hits hits, string file, JsonProperty method)
{
    foreach (var line in method.Value.GetProperty("Lines").EnumerateObject())
    {
        hits.AddLine($"{file}:{line.Name}", line.Value.GetInt32() > 0);
    }

    foreach (var branch in method.Value.GetProperty("Branches").EnumerateArray())
    {
        var place =
            $"{method.Name}:{branch.GetProperty("Offset")}:{branch.GetProperty("Path")}:{branch.GetProperty("Ordinal")}";
        hits.AddBranch(place, branch.GetProperty("Hits").GetInt32() > 0);
    }
}

internal sealed record Floor(double Line, double Branch);

internal sealed class Hits
{
    private readonly Dictionary<string, bool> _lines = [];
    private readonly Dictionary<string, bool> _branches = [];

    public double? LinePercent => Percent(_lines);

    public double? BranchPercent => Percent(_branches);

    public void AddLine(string place, bool hit) => _lines[place] = hit || _lines.GetValueOrDefault(place);

    public void AddBranch(string place, bool hit) => _branches[place] = hit || _branches.GetValueOrDefault(place);

    private static double? Percent(Dictionary<string, bool> places) =>
        places.Count == 0 ? null : 100.0 * places.Values.Count(hit => hit) / places.Count;
}

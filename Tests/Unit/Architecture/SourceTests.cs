using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>Every type says what it is for, and no file grows beyond what one reads at once.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;
    private const int MostColumns = 120;

    public static TheoryData<string> Projects => [.. Product.WithCode];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Type_HasASummary(string project)
    {
        var documented = XDocument.Load(Path.ChangeExtension(Product.AssemblyFile(project), ".xml"))
            .Descendants("member")
            .Where(static member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(static member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        var types = Product.Load(project).GetTypes().Where(static type => !IsGenerated(type)).ToList();

        types.ShouldNotBeEmpty();
        types
            .Select(static type => $"T:{type.FullName!.Replace('+', '.')}")
            .Where(name => !documented.Contains(name))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_HasAtMostFourHundredLines(string project) =>
        Product.Sources(project)
            .Where(static file => !file.EndsWith(".Log.cs", StringComparison.Ordinal))
            .Select(static file =>
                (File: Path.GetRelativePath(Product.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(static file => file.Lines > MostLines)
            .ShouldBeEmpty();

    /// <summary>
    /// The parts of a type are one thing to read. The handle of a process is the exception: a method for each call of
    /// clients, most of whose lines are their documentation.
    /// </summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Type_HasAtMostFourHundredLinesInAllItsFiles(string project) =>
        Product.Sources(project)
            .Where(static file => !file.EndsWith(".Log.cs", StringComparison.Ordinal))
            .GroupBy(static file =>
                Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file).Split('.')[0]))
            .Where(static type => type.Count() > 1 && Path.GetFileName(type.Key) != "ProcessHandle")
            .Select(static type => (
                Type: Path.GetRelativePath(Product.Root, type.Key),
                Lines: type.Sum(static file => File.ReadLines(file).Count())))
            .Where(static type => type.Lines > MostLines)
            .ShouldBeEmpty("split it by what its parts are about, each a type of its own");

    [Theory]
    [InlineData("Tests")]
    [InlineData("Samples")]
    [InlineData("Benchmarks")]
    public void FileBesideTheProduct_HasAtMostFourHundredLines(string folder) => File_HasAtMostFourHundredLines(folder);

    [Fact]
    public void Line_HasAtMostAHundredAndTwentyColumns() =>
        Directory.EnumerateFiles(Product.Root, "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(static file => !file.Contains("/artifacts/", StringComparison.Ordinal))
            .SelectMany(LongLines)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_HasOnePublicTypeAndItsName(string project)
    {
        var faults = new List<string>();
        foreach (var file in Product.Sources(project))
        {
            var types = PublicType()
                .Matches(File.ReadAllText(file))
                .Select(static match => match.Groups["name"].Value)
                .ToList();
            var name = Path.GetFileName(file).Split('.', '{')[0];
            if (types.Count > 1 || (types.Count == 1 && types[0] != name))
            {
                faults.Add($"{Path.GetRelativePath(Product.Root, file)}: {string.Join(", ", types)}");
            }
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>A line that is one literal is as long as what it says; those of a raw literal are as others.</summary>
    private static IEnumerable<string> LongLines(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length > MostColumns && !OneLiteral().IsMatch(line))
            {
                yield return $"{Path.GetRelativePath(Product.Root, file)}:{number} has {line.Length} columns";
            }
        }
    }

    private static bool IsGenerated(Type type)
    {
        for (var outer = type; outer is not null; outer = outer.DeclaringType)
        {
            if (outer.Name.Contains('<', StringComparison.Ordinal)
                || (outer.Name == "Program" && outer.Namespace is null)
                || outer.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) == true
                || outer.Namespace
                    is "Microsoft.CodeAnalysis"
                        or "System.Runtime.CompilerServices"
                        or "Coverlet.Core.Instrumentation.Tracker"
                || outer.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                || outer.GetCustomAttribute<GeneratedCodeAttribute>() is not null
                || outer.Name.StartsWith("__", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("""^\s*(?:[+:] )?[$@]*".*$""")]
    private static partial Regex OneLiteral();

    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|interface|enum|struct|record(?: struct| class)?|delegate [\w<>\[\]?,. ]+) (?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex PublicType();
}

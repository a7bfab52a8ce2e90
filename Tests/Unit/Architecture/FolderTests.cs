using System.Text.RegularExpressions;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>
/// Folders of one project know each other one way: what stands below can be read without what stands on it.
/// </summary>
public sealed partial class FolderTests
{
    /// <summary>Folders that know each other all the same, and count as one (decision 42).</summary>
    private static readonly Dictionary<string, string[][]> Knots = new()
    {
        // What authors derive from, and what is made of it: each names the other in its signatures.
        ["Grains"] = [["Definitions", "Processes"]],

        // An exception has data of the contracts, and they throw it.
        ["Abstractions"] = [[".", "Errors"]],
    };

    public static TheoryData<string> Projects => [.. Product.WithCode];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_KnowEachOtherOneWay(string project) =>
        Cycles(EdgesOf(project), Knots.GetValueOrDefault(project, [])).ShouldBeEmpty();

    [Fact]
    public void Folders_ThatKnowEachOtherOverAThird_AreFound()
    {
        (string, string, string)[] edges = [("A", "B", "x"), ("B", "C", "y"), ("C", "A", "z"), ("C", "D", "w")];

        Cycles(edges, []).ShouldBe(["A knows B (x)", "B knows C (y)", "C knows A (z)"], ignoreOrder: true);
        Cycles(edges, [["A", "B"]]).ShouldBe(["B knows C (y)", "C knows A (z)"], ignoreOrder: true);
        Cycles(edges[..2], []).ShouldBeEmpty();
    }

    [Fact]
    public void Knots_AreThere()
    {
        foreach (var (project, knots) in Knots)
        {
            Cycles(EdgesOf(project), []).ShouldNotBeEmpty($"{project} has no knot any more: take it out of the list");
            knots.ShouldAllBe(static knot => knot.Length == 2);
        }
    }

    /// <summary>Which folder uses which, with an example.</summary>
    private static List<(string From, string To, string Example)> EdgesOf(string project)
    {
        var root = Path.Combine(Product.Root, project);
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Product.Sources(project))
        {
            var text = File.ReadAllText(file);
            var space = Namespace().Match(text).Groups["name"].Value;
            var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!);
            foreach (Match type in TopType().Matches(text))
            {
                folders.TryAdd($"{space}.{type.Groups["name"].Value}", folder);
            }
        }

        return
        [
            .. ReferenceScan.ByType(Product.AssemblyFile(project))
                .SelectMany(
                    static type => type.Value,
                    static (type, used) => (User: Plain(type.Key), Used: Plain(used)))
                .Where(use => folders.ContainsKey(use.User) && folders.ContainsKey(use.Used))
                .Select(use => (
                    From: folders[use.User],
                    To: folders[use.Used],
                    Example: $"{Short(use.User)} uses {Short(use.Used)}"))
                .Where(static edge => edge.From != edge.To)
                .DistinctBy(static edge => (edge.From, edge.To)),
        ];
    }

    /// <summary>The uses that close a circle.</summary>
    private static List<string> Cycles(
        IReadOnlyCollection<(string From, string To, string Example)> edges,
        string[][] knots)
    {
        var next = edges
            .Where(edge => OneOf(edge.From) != OneOf(edge.To))
            .ToLookup(edge => OneOf(edge.From), edge => OneOf(edge.To));
        return
        [
            .. edges
                .Where(edge => OneOf(edge.From) != OneOf(edge.To) && Reaches(OneOf(edge.To), OneOf(edge.From), []))
                .Select(static edge => $"{edge.From} knows {edge.To} ({edge.Example})"),
        ];

        string OneOf(string folder) => knots.FirstOrDefault(knot => knot.Contains(folder))?[0] ?? folder;

        bool Reaches(string from, string to, HashSet<string> seen) =>
            from == to || (seen.Add(from) && next[from].Any(folder => Reaches(folder, to, seen)));
    }

    /// <summary>Without what is nested, and how many type parameters it has.</summary>
    private static string Plain(string name) => name.Split('+')[0].Split("::")[0].Split('`')[0];

    private static string Short(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:public |internal |file )?(?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|interface|enum|struct|record(?: struct| class)?|delegate [\w<>\[\]?,. ]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopType();
}

using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// Every code block in the documentation is compiled: its lines stand, one after the other, in docs/snippets, in a
/// sample or in a template. Links lead somewhere.
/// </summary>
public sealed class CodeBlockTests
{
    private static readonly string[] Sources =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Product.Root, "docs", "snippets"), "*.cs")
            .Concat(
                Directory.EnumerateFiles(Path.Combine(Product.Root, "Samples"), "*.cs", SearchOption.AllDirectories))
            .Concat(
                Directory.EnumerateFiles(
                    Path.Combine(Product.Root, "Templates", "content"),
                    "*.cs",
                    SearchOption.AllDirectories))
            .Select(static file => Flat(File.ReadAllLines(file))),
    ];

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory
            .EnumerateDirectories(Product.Root)
            .Select(static folder => Path.Combine(folder, "README.md"))
            .Where(File.Exists)
            .Select(static file => Path.GetRelativePath(Product.Root, file)),
        .. Directory
            .EnumerateFiles(Path.Combine(Product.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Product.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Block_StandsInASnippetOrSample(string page) =>
        Blocks(File.ReadAllLines(Path.Combine(Product.Root, page)))
            .Where(static block => !Array.Exists(Sources, source => source.Contains(block, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_LeadsToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Product.Root, page))!;

        File.ReadAllText(Path.Combine(Product.Root, page)).Split("](").Skip(1)
            .Select(static rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)])
            .Where(static link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(folder, link.Split('#')[0])))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Blocks(string[] lines)
    {
        for (
            var begin = Array.IndexOf(lines, "```csharp");
            begin >= 0;
            begin = Array.IndexOf(lines, "```csharp", begin + 1))
        {
            yield return Flat(lines[(begin + 1)..Array.IndexOf(lines, "```", begin)]);
        }
    }

    /// <summary>Where a line begins, and which lines are empty, is of no account.</summary>
    private static string Flat(IEnumerable<string> lines) =>
        string.Concat(
            lines
                .Select(static line => line.Trim())
                .Where(static line => line.Length > 0)
                .Select(static line => $"{line}\n"));
}

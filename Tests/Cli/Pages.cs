using System.Text.RegularExpressions;

namespace Orleans.Workflows.CliTests;

/// <summary>The pages of the documentation, and what they have their readers type.</summary>
internal static partial class Pages
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All pages, by their paths in the repository.</summary>
    public static IEnumerable<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md"),
        .. new[] { "docs", "Samples", "Templates" }.SelectMany(static folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)),
        .. Directory.EnumerateDirectories(Root).Select(static folder => Path.Combine(folder, "README.md"))
            .Where(File.Exists),
    ];

    /// <summary>The lines of the blocks that are for a shell; a line that goes on behind a backslash is one.</summary>
    public static IEnumerable<string> ShellLines(string page) =>
        Shell().Matches(File.ReadAllText(page))
            .Select(static block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal))
            .SelectMany(static block => block.Split('\n'));

    /// <summary>What stands as code in the prose.</summary>
    public static IEnumerable<string> Spans(string page) =>
        Span().Matches(Fence().Replace(File.ReadAllText(page), "")).Select(static span => span.Groups[1].Value);

    /// <summary>Splits a line as a shell does: at spaces outside of quotes, up to a comment or a pipe.</summary>
    public static string[] Split(string line) =>
    [
        .. Word().Matches(line)
            .Select(static word => word.Value)
            .TakeWhile(static word => word is not ("#" or "|" or "&&" or "&" or ">" or ";"))
            .Select(static word => word.Replace("'", "", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("^```(?:bash|sh|console)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    [GeneratedRegex("(?:'[^']*'|[^ '])+")]
    private static partial Regex Word();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.Workflows.sln")))
        {
            folder = folder.Parent.ShouldNotBeNull("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>
/// docs/concepts/control.md has the tables of the tests' data. To write them anew: <c>OWF_UPDATE_DOCS=1 dotnet test
/// Tests/Behaviour --filter MatrixPageTests</c>.
/// </summary>
public sealed class MatrixPageTests
{
    private const string Begin = "<!-- matrix:begin -->\n";
    private const string End = "<!-- matrix:end -->";

    [Fact]
    public void Page_HasTheTables_OfTheTests()
    {
        var file = Path.Combine(Root(), "docs", "concepts", "control.md");
        var page = File.ReadAllText(file);
        var (before, after) = (
            page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            page.IndexOf(End, StringComparison.Ordinal));
        var tables = MatrixTables.Make();
        if (Environment.GetEnvironmentVariable("OWF_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, page = string.Concat(page.AsSpan(0, before), tables, page.AsSpan(after)));
            after = before + tables.Length;
        }

        page[before..after].ShouldBe(tables);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orleans.Workflows.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not run in the repository.");
        }

        return folder;
    }
}

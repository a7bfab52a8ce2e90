using System.Text.RegularExpressions;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// The failures of other engines: each has a test of its number, and the page names tests that exist.
/// </summary>
public sealed partial class FailureTableTests
{
    private const int Failures = 26;

    [Fact]
    public void Page_NamesATestForEachFailure_AndEachExists()
    {
        var root = Product.Root;
        var named = Test()
            .Matches(File.ReadAllText(Path.Combine(root, "docs", "operations", "reliability.md")))
            .Select(match => match.Value)
            .ToHashSet();
        var written = Directory
            .EnumerateFiles(Path.Combine(root, "Tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        named.Order().ShouldBe(written.Order());
        named
            .Select(test => int.Parse(test.AsSpan(1, 2), System.Globalization.CultureInfo.InvariantCulture))
            .Distinct()
            .Order()
            .ShouldBe(Enumerable.Range(1, Failures));
    }

    [GeneratedRegex(@"\bF\d\d_\w+")]
    private static partial Regex Test();

    [GeneratedRegex(@"\bTask (F\d\d_\w+)\(")]
    private static partial Regex Method();
}

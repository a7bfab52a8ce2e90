using System.Xml.Linq;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// The templates take the packages of this version, and of others' those that the tests here run with.
/// </summary>
public sealed class TemplateTests
{
    private static readonly string Content = Path.Combine(Product.Root, "Templates", "content");

    public static TheoryData<string> Templates =>
        [.. Directory.GetDirectories(Content).Select(static folder => Path.GetFileName(folder)!)];

    [Fact]
    public void Templates_AreAllThatThePageNames() =>
        Templates.Select(static row => row.Data).ShouldBe(["owf-client", "owf-silo", "owf-tests"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Templates))]
    public void Template_NamesThePackagesOfThisVersion(string template)
    {
        var version = XDocument
            .Load(Path.Combine(Product.Root, "Directory.Build.props"))
            .Descendants("Version")
            .Single()
            .Value;
        var others = XDocument
            .Load(Path.Combine(Product.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(
                static package => package.Attribute("Include")!.Value,
                static package => package.Attribute("Version")!.Value);

        var named = Directory.GetFiles(Path.Combine(Content, template), "*.csproj")
            .SelectMany(static project => XDocument.Load(project).Descendants("PackageReference"))
            .ToDictionary(
                static package => package.Attribute("Include")!.Value,
                static package => package.Attribute("Version")!.Value);

        named.ShouldNotBeEmpty();
        named
            .Where(package =>
                package.Value
                != (
                    package.Key.StartsWith("Orleans.Workflows.", StringComparison.Ordinal)
                        ? version
                        : others[package.Key]))
            .ShouldBeEmpty();
    }
}

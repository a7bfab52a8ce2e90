using System.Text.RegularExpressions;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>What authors, callers and hosts of processes see: one namespace, and what is meant to be public.</summary>
public sealed partial class AuthorsApiTests
{
    private static readonly string[] WhatUsersRead = ["Samples", "docs", "Templates/content"];

    public static TheoryData<string> Libraries =>
        ["Abstractions", "Grains", "Storage", "ClientSdk", "Silo", "Testing"];

    [Fact]
    public void UserCode_NeedsNoNamespaceButTheOne()
    {
        var lines = WhatUsersRead
            .SelectMany(static folder => Directory.EnumerateFiles(
                Path.Combine(Product.Root, folder),
                "*",
                SearchOption.AllDirectories))
            .Where(static file => file.EndsWith(".cs", StringComparison.Ordinal)
                || file.EndsWith(".md", StringComparison.Ordinal))
            .Append(Path.Combine(Product.Root, "README.md"))
            .SelectMany(static file => File.ReadLines(file).Select(line => (file, line)))
            .Where(static read => Using().IsMatch(read.line))
            .ToList();

        lines.Count(static read => read.line == "using Orleans.Workflows;").ShouldBeGreaterThan(20);
        lines.Where(static read => read.line is not ("using Orleans.Workflows;" or "using Orleans.Workflows.Testing;"))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void PublicApi_OfALibrary_StandsInItsFiles(string project)
    {
        File.ReadAllText(Path.Combine(Product.Root, project, $"{project}.csproj"))
            .ShouldContain("Microsoft.CodeAnalysis.PublicApiAnalyzers");

        File.ReadLines(Path.Combine(Product.Root, project, "PublicAPI.Unshipped.txt")).Count().ShouldBeGreaterThan(10);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Member_IsNotProtectedForUsersAndInternalForFriends(string project) =>
        Product.Sources(project)
            .Where(static file => File.ReadAllText(file).Contains("protected internal", StringComparison.Ordinal))
            .ShouldBeEmpty("friends would have to override it by other words than users can");

    [GeneratedRegex(@"^using Orleans\.Workflows[.;]")]
    private static partial Regex Using();
}

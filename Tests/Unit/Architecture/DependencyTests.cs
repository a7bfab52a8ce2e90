using System.Reflection;
using System.Xml.Linq;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>Which project may know which: design.md part 2.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Abstractions"] = [],
        ["ClientSdk"] = ["Abstractions"],
        ["Grains"] = ["Abstractions"],
        ["Storage"] = ["Abstractions", "Grains"],
        ["Silo"] = ["Abstractions", "Grains", "Storage", "ClientSdk"],
        ["Testing"] = ["Abstractions", "Grains", "Storage", "ClientSdk"],
        ["Cli"] = ["Abstractions", "ClientSdk", "Storage", "Grains"],
    };

    public static TheoryData<string> Projects => [.. Product.Projects];

    [Fact]
    public void Tests_SeeEveryProjectThatHasCode() =>
        Product.WithCode.Where(static project => !File.Exists(Product.AssemblyFile(project)))
            .ShouldBeEmpty("add a reference to Tests/Unit/Unit.csproj, so that the rules are held there too");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_UsesOnlyWhatItMay(string project)
    {
        Assert.SkipUnless(File.Exists(Product.AssemblyFile(project)), $"{project} has no code yet.");

        var used = AssemblyName.GetAssemblyName(Product.AssemblyFile(project));
        used.Name.ShouldBe($"Orleans.Workflows.{project}");
        Product.Load(project).GetReferencedAssemblies()
            .Select(static reference => reference.Name!)
            .Where(static name => name.StartsWith("Orleans.Workflows.", StringComparison.Ordinal))
            .Select(static name => name["Orleans.Workflows.".Length..])
            .Except(Allowed[project])
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatItMay(string project)
    {
        var file = XDocument.Load(Path.Combine(Product.Root, project, $"{project}.csproj"));

        file.Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .Except(Allowed[project])
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("OrderClient", "ClientSdk", "OrderContracts")]
    [InlineData("OrderContracts", "Abstractions")]
    public void SampleOfAClient_KnowsNothingOfTheSilo(string sample, params string[] allowed)
    {
        var file = XDocument.Load(Path.Combine(Product.Root, "Samples", sample, $"{sample}.csproj"));

        file.Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .ShouldBe(allowed, ignoreOrder: true);
    }

    [Fact]
    public void Contracts_BringTheAttributesOfTheSerializerAlongAndNothingElse() =>
        XDocument.Load(Path.Combine(Product.Root, "Abstractions", "Abstractions.csproj"))
            .Descendants("PackageReference")
            .Where(static reference => reference.Attribute("PrivateAssets")?.Value != "all")
            .Select(static reference => reference.Attribute("Include")!.Value)
            .ShouldBe(["Microsoft.Orleans.Serialization.Abstractions"]);

    [Fact]
    public void Abstractions_UseOrleansForSerializationOnly() =>
        Product.Load("Abstractions").GetReferencedAssemblies()
            .Select(static reference => reference.Name!)
            .Where(static name => name.StartsWith("Orleans", StringComparison.Ordinal))
            .Except(["Orleans.Serialization", "Orleans.Serialization.Abstractions", "Orleans.Core.Abstractions"])
            .ShouldBeEmpty();

    [Fact]
    public void ClientSdk_DoesNotBringTheSiloAlong() =>
        Product.Load("ClientSdk").GetReferencedAssemblies()
            .Select(static reference => reference.Name!)
            .ShouldNotContain("Orleans.Runtime");
}

using System.Reflection;
using Orleans.Workflows.Deployment.Manifests;

namespace Orleans.Workflows.Deployment.Image;

/// <summary>The image is what the manifests run.</summary>
[Collection(nameof(OneImage))]
public sealed class ImageTests(SiloImage image, Kustomizations kustomizations)
{
    [Fact]
    public void Name_OfTheImage_IsWhatTheBaseRunsWithTheProductsVersion()
    {
        var version = typeof(WorkflowSiloOptions)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

        var name = image.Names.ShouldHaveSingleItem();

        name.ShouldBe($"orleans-workflows-silo:{version}");
        name.ShouldBe(kustomizations["base"].Silo.Image);
    }

    [Fact]
    public void Container_OfTheImage_StartsTheSiloAsThePodsUser()
    {
        image
            .Configuration.GetProperty("User")
            .GetString()
            .ShouldBe($"{kustomizations["base"].SiloPod.Spec.SecurityContext.RunAsUser}");
        image.Configuration.GetProperty("WorkingDir").GetString().ShouldBe("/app/");
        image.Texts("Entrypoint").ShouldBe(["dotnet", "/app/Orleans.Workflows.Silo.dll"]);
        // The arguments of the migration follow the entry point, so nothing may stand in their place.
        image.Configuration.TryGetProperty("Cmd", out _).ShouldBeFalse();
        File.Exists(Path.Combine(image.Root, "app", "Orleans.Workflows.Silo.dll")).ShouldBeTrue();
    }

    [Fact]
    public void Ports_OfTheImage_AreTheSilosDefaults()
    {
        var options = new WorkflowSiloOptions();

        image
            .Configuration.GetProperty("ExposedPorts")
            .EnumerateObject()
            .Select(static port => port.Name)
            .ShouldBe(
                [$"{options.SiloPort}/tcp", $"{options.GatewayPort}/tcp", $"{options.HealthPort}/tcp"],
                ignoreOrder: true);
    }

    [Fact]
    public void Variables_OfTheImage_AreThoseOfItsBaseWithoutTheWebPort() =>
        image
            .Texts("Env")
            .ShouldBe(
                BaseImageRegistry.Environment.Select(static variable =>
                    variable == "ASPNETCORE_HTTP_PORTS=8080" ? "ASPNETCORE_HTTP_PORTS=" : variable),
                ignoreOrder: true);

    [Theory]
    [InlineData("title", "Orleans.Workflows silo")]
    [InlineData("licenses", "MIT")]
    [InlineData("authors", "The Orleans.Workflows maintainers")]
    public void Label_OfTheImage_SaysWhatItIs(string label, string expected) => Label(label).ShouldBe(expected);

    [Fact]
    public void Label_OfTheImage_NamesTheVersionOfItsTag() => Label("version").ShouldBe(image.Names[0].Split(':')[1]);

    [Fact]
    public void Base_OfTheImage_HasNoShell() =>
        Label("base.name").ShouldNotBeNull().ShouldEndWith("/dotnet/aspnet:10.0-noble-chiseled");

    private string? Label(string name) =>
        image.Configuration.GetProperty("Labels").GetProperty($"org.opencontainers.image.{name}").GetString();
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Orleans.Workflows.Deployment.Image;

/// <summary>The silo's image, made as a release makes it but for the base image, and opened.</summary>
public sealed class SiloImage : IAsyncLifetime
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(4);

    // The SDK that runs the tests tells its children where it is, which is not where a fresh one would look.
    private static readonly Dictionary<string, string?> CleanEnvironment = Environment
        .GetEnvironmentVariables()
        .Keys.Cast<string>()
        .Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(static name => name, static _ => (string?)null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owf-image-");

    /// <summary>The names and tags that the archive gives the image.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>What containers of the image are started with.</summary>
    public JsonElement Configuration { get; private set; }

    /// <summary>Where the files are that the image adds to its base.</summary>
    public string Root => Path.Combine(_folder.FullName, "root");

    /// <summary>A list of texts in the configuration.</summary>
    /// <param name="property">Its name.</param>
    /// <returns>The texts.</returns>
    public IEnumerable<string> Texts(string property) =>
        Configuration.GetProperty(property).EnumerateArray().Select(static text => text.GetString()!);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // The image's user must reach its files, as in a container.
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        var project = Path.Combine(Repository.Root, "Silo", "Silo.csproj");
        var baseImage = (
            await Tool.RunAsync(
                PublishLimit,
                CleanEnvironment,
                "dotnet",
                "msbuild",
                project,
                "-t:ComputeContainerBaseImage",
                "-getProperty:ContainerBaseImage",
                "-nodeReuse:false")
        ).Trim();
        var nameAndTag = baseImage[(baseImage.IndexOf('/', StringComparison.Ordinal) + 1)..].Split(':');
        await using var registry = await BaseImageRegistry.StartAsync(nameAndTag[0], nameAndTag[1]);
        var archive = Path.Combine(_folder.FullName, "silo.tar");
        // Its own folder for what is built, and its own cache of layers: nothing that others build or publish is
        // touched.
        var environment = new Dictionary<string, string?>(CleanEnvironment)
        {
            ["TMPDIR"] = _folder.CreateSubdirectory("tmp").FullName,
        };
        await Tool.RunAsync(
            PublishLimit,
            environment,
            "dotnet",
            "publish",
            project,
            "--configuration",
            "Release",
            "-t:PublishContainer",
            "--nologo",
            "--verbosity",
            "quiet",
            "--artifacts-path",
            Path.Combine(_folder.FullName, "build"),
            $"-p:ContainerBaseImage={registry.Image}",
            $"-p:ContainerArchiveOutputPath={archive}",
            "-p:RestoreLockedMode=true",
            "-p:RunAnalyzers=false",
            "-p:UseSharedCompilation=false",
            "-nodeReuse:false");
        await OpenAsync(archive);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task OpenAsync(string archive)
    {
        var parts = Path.Combine(_folder.FullName, "archive");
        Directory.CreateDirectory(parts);
        await TarFile.ExtractToDirectoryAsync(archive, parts, overwriteFiles: false);
        var image = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(parts, "manifest.json"))).RootElement[
            0
        ];
        Names = [.. image.GetProperty("RepoTags").EnumerateArray().Select(static name => name.GetString()!)];
        var config = Path.Combine(parts, image.GetProperty("Config").GetString()!);
        Configuration = JsonDocument.Parse(await File.ReadAllTextAsync(config)).RootElement.GetProperty("config");
        Directory.CreateDirectory(Root);
        // The first layer is the base image's.
        foreach (
            var layer in image
                .GetProperty("Layers")
                .EnumerateArray()
                .Skip(1)
                .Select(layer => Path.Combine(parts, layer.GetString()!)))
        {
            await using var content = OpenLayer(layer);
            await TarFile.ExtractToDirectoryAsync(content, Root, overwriteFiles: true);
        }
    }

    private static Stream OpenLayer(string layer)
    {
        var file = File.OpenRead(layer);
        var zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}

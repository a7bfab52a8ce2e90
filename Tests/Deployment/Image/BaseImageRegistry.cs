using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Workflows.Deployment.Image;

/// <summary>
/// A registry on loopback that has one image of one layer, in the place of the registry of .NET's base images.
/// </summary>
internal sealed class BaseImageRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private const string ConfigType = "application/vnd.docker.container.image.v1+json";
    private const string LayerType = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private readonly WebApplication _server;
    private readonly Dictionary<string, (string Type, byte[] Content)> _blobs = [];

    private BaseImageRegistry(WebApplication server) => _server = server;

    /// <summary>What the image's configuration sets, as those of .NET do.</summary>
    public static IReadOnlyList<string> Environment { get; } =
        [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "APP_UID=1654",
            "ASPNETCORE_HTTP_PORTS=8080",
            "DOTNET_RUNNING_IN_CONTAINER=true",
        ];

    /// <summary>The image's name with this registry's address.</summary>
    public string Image { get; private set; } = "";

    /// <summary>Starts a registry.</summary>
    /// <param name="name">The name of its only image.</param>
    /// <param name="tag">Its only tag.</param>
    /// <returns>The registry.</returns>
    public static async Task<BaseImageRegistry> StartAsync(string name, string tag)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var registry = new BaseImageRegistry(builder.Build());
        var manifest = registry.AddImage();
        var server = registry._server;
        server.MapMethods($"/v2/{name}/manifests/{{reference}}", ["GET", "HEAD"], (string reference) =>
            registry.Blob(reference == tag ? manifest : reference));
        server.MapMethods($"/v2/{name}/blobs/{{digest}}", ["GET", "HEAD"], (string digest) => registry.Blob(digest));
        server.MapGet("/v2/", static () => Results.Ok());
        await server.StartAsync();
        registry.Image = $"localhost:{new Uri(server.Urls.Single()).Port}/{name}:{tag}";
        return registry;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Blob(string digest) =>
        _blobs.TryGetValue(digest, out var blob) ? new BlobResult(digest, blob.Type, blob.Content) : Results.NotFound();

    private string AddImage()
    {
        var (layer, difference) = Layer();
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = Environment },
            rootfs = new { type = "layers", diff_ids = new[] { difference } },
            history = Array.Empty<object>(),
        });
        return Add(ManifestType, JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = ConfigType, size = config.Length, digest = Add(ConfigType, config) },
            layers = new[] { new { mediaType = LayerType, size = layer.Length, digest = Add(LayerType, layer) } },
        }));
    }

    private string Add(string type, byte[] content)
    {
        var digest = Digest(content);
        _blobs[digest] = (type, content);
        return digest;
    }

    private static (byte[] Layer, string Difference) Layer()
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, leaveOpen: true))
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes("app:x:1654:1654::/home/app:/bin/false\n"));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "etc/passwd") { DataStream = content });
        }

        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(plain.ToArray());
        }

        return (packed.ToArray(), Digest(plain.ToArray()));
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    /// <summary>A manifest or a blob with its digest.</summary>
    private sealed class BlobResult(string digest, string type, byte[] content) : IResult
    {
        /// <inheritdoc/>
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["Docker-Content-Digest"] = digest;
            httpContext.Response.ContentType = type;
            httpContext.Response.ContentLength = content.Length;
            return HttpMethods.IsHead(httpContext.Request.Method)
                ? Task.CompletedTask
                : httpContext.Response.Body.WriteAsync(content).AsTask();
        }
    }
}

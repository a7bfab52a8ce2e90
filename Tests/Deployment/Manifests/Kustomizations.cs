using System.ComponentModel;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>Every kustomization below k8s, rendered by kubectl.</summary>
public sealed class Kustomizations : IAsyncLifetime
{
    private static readonly TimeSpan RenderLimit = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(Repository.Root, "k8s");

    private readonly Dictionary<string, Rendered> _rendered = [];

    /// <summary>The base and the overlays.</summary>
    public static TheoryData<string> All =>
        [
            "base",
            .. Directory
                .GetDirectories(Path.Combine(Folder, "overlays"))
                .Select(static overlay => Path.GetRelativePath(Folder, overlay))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>One of them.</summary>
    /// <param name="name">Its folder below k8s.</param>
    internal Rendered this[string name] => _rendered[name];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        foreach (string name in All)
        {
            _rendered[name] = Rendered.Parse(await RenderAsync(Path.Combine(Folder, name)));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> RenderAsync(string folder)
    {
        try
        {
            return await Tool.RunAsync(RenderLimit, new Dictionary<string, string?>(), "kubectl", "kustomize", folder);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                "These tests need kubectl. Debian's package 'kubernetes-client' has one, and ./test.sh installs it.",
                e);
        }
    }
}

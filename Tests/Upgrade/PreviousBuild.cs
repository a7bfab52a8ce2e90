using System.Diagnostics;
using Orleans.Workflows.Upgrade;
using OsProcess = System.Diagnostics.Process;

[assembly: AssemblyFixture(typeof(PreviousBuild))]

namespace Orleans.Workflows.Upgrade;

/// <summary>
/// The build of the commit that the file 'previous-commit' names: what a cluster runs before this version is rolled
/// out. It is built once, into artifacts/upgrade, and kept there.
/// </summary>
public sealed class PreviousBuild : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>The commit.</summary>
    public static string Commit { get; } = Read("previous-commit");

    /// <summary>The program of its silos and clients.</summary>
    public string Assembly { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Orleans.Workflows.sln")))
        {
            root = root.Parent;
        }

        ArgumentNullException.ThrowIfNull(root);
        var (code, _) = await RunAsync(root.FullName, "git", "cat-file", "-e", $"{Commit}^{{commit}}");
        code.ShouldBe(
            0,
            $"This clone does not have the commit {Commit}, which Tests/Upgrade/previous-commit names. Fetch it: git "
            + $"fetch --unshallow origin, or git fetch origin {Commit}.");
        var folder = Path.Combine(root.FullName, "artifacts", "upgrade", Commit);
        Assembly = Path.Combine(folder, "artifacts", "bin", "CrashHost", "debug", "Orleans.Workflows.CrashHost.dll");
        var isBuilt = Path.Combine(folder, "is-built");
        if (File.Exists(isBuilt))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        await MustAsync(root.FullName, "/bin/sh", "-c", $"git archive {Commit} | tar -x -C '{folder}'");
        await MustAsync(
            folder,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            "build",
            "Tests/CrashHost",
            "--nologo",
            "-v",
            "quiet",
            "-p:RunAnalyzers=false",
            "-p:TreatWarningsAsErrors=false");
        await File.WriteAllTextAsync(isBuilt, Commit);
    }

    public ValueTask DisposeAsync() => default;

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(PreviousBuild).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().Trim();
    }

    private static async Task MustAsync(string folder, string program, params string[] args)
    {
        var (code, output) = await RunAsync(folder, program, args);
        code.ShouldBe(0, $"{program} {string.Join(' ', args)}{Environment.NewLine}{output}");
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The build that runs these tests must not reach into this one.
        foreach (
            var name in start
                .Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase))
                .ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = OsProcess.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, string.Join(Environment.NewLine, await output));
    }
}

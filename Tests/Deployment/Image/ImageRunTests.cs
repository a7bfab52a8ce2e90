using k8s.Models;
using Orleans.Workflows.Deployment.Manifests;

namespace Orleans.Workflows.Deployment.Image;

/// <summary>What is in the image runs, as its pods start, probe and stop it.</summary>
[Collection(nameof(OneImage))]
public sealed class ImageRunTests(SiloImage image, Kustomizations kustomizations)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silo_OfTheImage_AnswersTheProbesAndEndsWithZero()
    {
        var silo = kustomizations["base"].Silo;
        var writable = Directory.CreateTempSubdirectory("owf-run-");
        File.SetUnixFileMode(writable.FullName, (UnixFileMode)Convert.ToInt32("777", 8));
        try
        {
            await using var run = ImageRun.Start(image, [.. Literals(silo), .. ValuesOnThisMachine(writable)]);
            await run.WaitForProbeAsync(silo.StartupProbe.HttpGet.Path, StartLimit);
            await run.WaitForProbeAsync(silo.ReadinessProbe.HttpGet.Path, StartLimit);
            await run.WaitForProbeAsync(silo.LivenessProbe.HttpGet.Path, StartLimit);

            var exitCode = await run.StopAsync(new SiloSettings(silo).ShutdownTimeout());

            exitCode.ShouldBe(0, run.Output);
        }
        finally
        {
            writable.Delete(recursive: true);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Literals(V1Container container) =>
        container
            .Env.Where(static variable => variable.Value is not null)
            .Select(static variable => KeyValuePair.Create(variable.Name, variable.Value));

    // What a pod gets from Kubernetes. No connection string: the embedded databases need no server.
    private static Dictionary<string, string> ValuesOnThisMachine(DirectoryInfo writable) => new()
    {
        ["Workflows__Address"] = "127.0.0.1",
        ["Workflows__SiloName"] = "orleans-workflows-silo-0",
        ["Workflows__SiloPort"] = "0",
        ["Workflows__GatewayPort"] = "0",
        ["Workflows__HealthPort"] = "0",
        ["Workflows__DataFolder"] = Path.Combine(writable.FullName, "data"),
        ["TMPDIR"] = writable.FullName,
    };
}

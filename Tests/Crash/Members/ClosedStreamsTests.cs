using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The stock silo whose standard streams its caller has closed, as some supervisors of services do.</summary>
public sealed class ClosedStreamsTests : IDisposable
{
    private const string FreePorts = "--Workflows:SiloPort=0 --Workflows:GatewayPort=0 --Workflows:HealthPort=0";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("owf-closed-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&-")]
    public async Task Silo_WithWhatItHasToSay_EndsWithItsExitCode(string closed)
    {
        using var silo = Start($"--Workflows:SiloPort=-5 {closed}");

        await silo.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);

        silo.ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    public async Task Silo_RunsAndStopsInOrder(string closed)
    {
        using var silo = Start($"{FreePorts} {closed}");
        try
        {
            // Announced when it runs, and taken back when it has stopped.
            var announcement = Path.Combine(_folder, "data", "silo.json");
            await Eventually.TrueAsync(
                () => Task.FromResult(File.Exists(announcement) || silo.HasExited),
                Limit,
                static () => "the silo runs",
                Cancel);
            using var terminate = OsProcess.Start("kill", ["-TERM", $"{silo.Id}"]);
            await silo.WaitForExitAsync(Cancel).WaitAsync(Limit, Cancel);
        }
        finally
        {
            silo.Kill();
        }

        silo.ExitCode.ShouldBe(0);
    }

    private OsProcess Start(string rest)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.FullName, "..", "..", "Silo", here.Name, "Orleans.Workflows.Silo.dll");
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", $"exec dotnet '{program}' --Workflows:DataFolder='{_folder}/data' {rest}"]);
        start.Environment.Remove("ConnectionStrings__Workflows");
        return OsProcess.Start(start)!;
    }
}

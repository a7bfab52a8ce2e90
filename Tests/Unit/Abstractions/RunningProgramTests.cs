using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Unit.Abstractions;

/// <summary>Which silos that have announced themselves still run.</summary>
public sealed class RunningProgramTests : IDisposable
{
    private readonly string _folders = Directory.CreateTempSubdirectory("owf-zombie-").FullName;

    public void Dispose() => Directory.Delete(_folders, recursive: true);

    [Fact]
    public async Task Program_ThatEndedAndThatNobodyTookNoteOf_DoesNotRun()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux keeps what is left of it under its number");

        // The shell becomes a program that never asks what became of its child.
        using var parent = OsProcess.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "sleep 1 & echo $!; exec sleep 300"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        try
        {
            var child = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            Announce("dead", child);
            Announce("alive", parent.Id);
            await UntilZombieAsync(child);

            EmbeddedSilo.FindRunning(_folders).ShouldBe([Path.Combine(_folders, "alive")]);
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilZombieAsync(int process)
    {
        for (
            var watch = Stopwatch.StartNew();
            !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);)
        {
            watch.Elapsed.ShouldBeLessThan(
                TimeSpan.FromSeconds(30),
                $"expected that {process} has ended and is still there");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private void Announce(string application, int process) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(Path.Combine(_folders, application)).FullName, "silo.json"),
        $$"""{"gateway":"127.0.0.1:1","processId":{{process}}}""");
}

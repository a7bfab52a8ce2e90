using System.Diagnostics;
using System.Globalization;
using Orleans.Workflows.Shared.Postgres;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>No server and no file of it is left behind, however the process that started it ends.</summary>
public sealed class PostgresGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owner_Killed_ServerAndFilesAreGone()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var (id, folder) = (server.ProcessId, server.Folder);
        using var guarded = StartOwner(folder);
        using var owner = await OwnerOfAsync(guarded);
        Works(id).ShouldBeTrue();
        owner.Kill();

        await Eventually.TrueAsync(
            "the directory of the server whose owner was killed is removed",
            () => !Directory.Exists(folder));
        Works(id).ShouldBeFalse("The server ends before its files are removed, and not for want of them.");
    }

    [Fact]
    public async Task Owner_KilledWhileTheServerIsStopped_FilesAreGone()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.StopAsync(PostgresStop.Fast);
        using var guarded = StartOwner(server.Folder);
        using var owner = await OwnerOfAsync(guarded);

        owner.Kill();

        await Eventually.TrueAsync(
            "the directory of the stopped server whose owner was killed is removed",
            () => !Directory.Exists(server.Folder));
    }

    [Fact]
    public async Task Server_Disposed_LeavesNothing_ThoughAnotherChildLives()
    {
        var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var (id, folder) = (server.ProcessId, server.Folder);
        using var child = OsProcess.Start("sleep", "600");

        await server.DisposeAsync();

        child.HasExited.ShouldBeFalse();
        child.Kill();
        Directory.Exists(folder).ShouldBeFalse();
        Works(id).ShouldBeFalse();
    }

    [Fact]
    public async Task PostmasterFile_OfAnotherProcess_SparesThatProcess()
    {
        var folder = Directory.CreateTempSubdirectory("owf-guard-").FullName;
        // As the guard's own user: it could not end anybody else's process anyway.
        string[] sleep = [.. UnprivilegedUser.Command, "sleep", "600"];
        using var stranger = OsProcess.Start(sleep[0], sleep[1..]);
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{stranger.Id}\n", Token);
        using (var chmod = OsProcess.Start("chmod", ["-R", "a+rwX", folder]))
        {
            await chmod.WaitForExitAsync(Token);
        }

        using var guarded = StartOwner(folder);
        using var owner = await OwnerOfAsync(guarded);
        owner.Kill();

        await Eventually.TrueAsync("the files are removed", () => !Directory.Exists(data));
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
        Directory.Delete(folder);
    }

    // A process that has ended has no working directory, even while nobody has asked for its exit code.
    private static bool Works(int id) => Directory.Exists($"/proc/{id}/cwd/");

    // The guard gets its pipe from a process that can be killed, and is in nothing else another one than the server's
    // own.
    private static OsProcess StartOwner(string folder) =>
        OsProcess.Start(
            new ProcessStartInfo(
                "/bin/sh",
                [
                    "-c",
                    "sh -c 'echo $$ >&2; exec sleep 600 2>/dev/null' | \"$@\"",
                    "owner",
                    .. PostgresGuard.Command(folder),
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    private static async Task<OsProcess> OwnerOfAsync(OsProcess guarded) =>
        OsProcess.GetProcessById(
            int.Parse((await guarded.StandardError.ReadLineAsync(Token))!, CultureInfo.InvariantCulture));
}

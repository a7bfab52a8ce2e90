using System.ComponentModel;
using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>A disk of a few megabytes.</summary>
internal sealed class TinyDisk : IDisposable
{
    private TinyDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Mounts a disk.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <returns>The disk; null where that is not allowed.</returns>
    public static TinyDisk? TryMount(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("owf-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder))
        {
            return new TinyDisk(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Lazy: a store that the test did not close may still have the file open.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string file, params string[] arguments)
    {
        try
        {
            using var process = OsProcess.Start(
                new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

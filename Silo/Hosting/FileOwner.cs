using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>Tells whose a file is, which .NET does not.</summary>
internal static class FileOwner
{
    // From Linux' interface of statx, which is the same on every processor: where paths begin, what is asked for, how
    // long the answer is and where the owner is in it.
    private const int CurrentFolder = -100;
    private const uint Owner = 0x8;
    private const int Length = 256;
    private const int OwnerAt = 20;

    /// <summary>
    /// Whether a file or folder belongs to another user than the one who runs the program, and not to root either: root
    /// can read everything anyway, and owns what administrators mount.
    /// </summary>
    /// <returns>
    /// Whether it does. On other systems than Linux always false: to change the mode of another's folder fails there
    /// for all but the superuser.
    /// </returns>
    /// <exception cref="IOException">It cannot be found out.</exception>
    public static bool IsAnother(string path) =>
        OwnerOf(path) is { } owner && owner != 0 && owner != GetEffectiveUserId();

    /// <summary>
    /// Whether a file or folder belongs to the user who runs the program, as far as can be found out.
    /// </summary>
    /// <returns>Whether it does; true where that cannot be told.</returns>
    /// <exception cref="IOException">It cannot be found out.</exception>
    public static bool IsMine(string path) => OwnerOf(path) is not { } owner || owner == GetEffectiveUserId();

    private static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var answer = new byte[Length];
        try
        {
            return StatX(CurrentFolder, Encoding.UTF8.GetBytes($"{path}\0"), 0, Owner, answer) == 0
                ? BitConverter.ToUInt32(answer, OwnerAt)
                : throw new IOException($"Its owner cannot be found out: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2024, as in an old Alpine. There as on other systems.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] answer);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}

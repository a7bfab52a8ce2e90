using Microsoft.Data.Sqlite;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>The data folder of an embedded silo, held for as long as the silo lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string ProcessesFile = "processes.db";
    private const string ControlPlaneFile = "control-plane.db";
    private const int ReadOnlyFileSystem = 30; // EROFS
    private const UnixFileMode OfUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The file of the process store.</summary>
    public string Processes => System.IO.Path.Combine(Path, ProcessesFile);

    /// <summary>
    /// The connection string of the control plane. A second file, so that Orleans' blocking driver never holds up the
    /// writer of processes.
    /// </summary>
    public string ControlPlane => new SqliteConnectionStringBuilder
    {
        DataSource = System.IO.Path.Combine(Path, ControlPlaneFile),
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Takes hold of the folder of an application that is told none.</summary>
    /// <returns>The folder; null when it cannot be had.</returns>
    public static DataFolder? TakeDefault(string? application, List<string> faults)
    {
        var path = EmbeddedSilo.DefaultDataFolder(string.IsNullOrWhiteSpace(application) ? "silo" : application);
        var former = EmbeddedSilo.DataFolders;
        if (Directory.Exists(path) || !File.Exists(System.IO.Path.Combine(former, ProcessesFile)))
        {
            return Take(path, faults);
        }

        // All programs of the user shared it, so nobody but people can tell whose the processes are.
        faults.Add(
            $"Workflows:DataFolder is not set, and '{former}' has the database that an earlier version kept there " +
            $"for all programs. To go on with it, move its files to '{path}', or set Workflows:DataFolder to " +
            $"'{former}'. To begin without it, make the folder '{path}'.");
        return null;
    }

    /// <summary>Takes hold of a folder.</summary>
    /// <returns>The folder; null when it cannot be had.</returns>
    public static DataFolder? Take(string path, List<string> faults)
    {
        string folder;
        try
        {
            folder = Make(path);
            if (FileOwner.IsAnother(folder))
            {
                var rest = File.Exists(System.IO.Path.Combine(folder, ProcessesFile))
                    ? ", and move the files of this one there"
                    : "";
                faults.Add(
                    $"Workflows:DataFolder is '{path}', which belongs to another user, who could read and change " +
                    $"everything. Set a folder of this user's, or one inside it{rest}.");
                return null;
            }
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            faults.Add(Unusable(path, e));
            return null;
        }

        FileStream? held = null;
        try
        {
            held = Hold(System.IO.Path.Combine(folder, "lock"));
            Close(folder);
            return new DataFolder(folder, held);
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            var isTaken =
                held is null
                && e is IOException { HResult: not ReadOnlyFileSystem }
                && File.Exists(System.IO.Path.Combine(folder, "lock"));
            held?.Dispose();
            faults.Add(
                isTaken
                    ? $"Workflows:DataFolder is '{path}', which another silo has: {Sentence.Ended(e.Message)} End that "
                        + "silo, or set another folder."
                    : Unusable(path, e));
            return null;
        }
    }

    private static bool IsOfFiles(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string Unusable(string path, Exception e) =>
        $"Workflows:DataFolder is '{path}', which cannot be made or written: {Sentence.Ended(e.Message)} "
            + "Set a folder that can.";

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // What processes work with may be secret. Windows gives folders for application data to their user alone by itself.
    private static string Make(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path).FullName
        : Directory.CreateDirectory(path, OfUser | UnixFileMode.UserExecute).FullName;

    private static FileStream Hold(string file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OfUser;
        }

        return new FileStream(file, options);
    }

    /// <summary>
    /// Closes to others what an earlier version, or somebody by hand, has made open to them: our own files, and the
    /// folder where nothing but them is in it. Others may have business in a folder that holds more, or that an
    /// administrator has mounted.
    /// </summary>
    private static void Close(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var entries = Directory.EnumerateFileSystemEntries(folder).ToList();
        var own = entries.Where(static entry => IsOwn(System.IO.Path.GetFileName(entry))).ToList();
        if (own.Count == entries.Count && FileOwner.IsMine(folder))
        {
            File.SetUnixFileMode(folder, OfUser | UnixFileMode.UserExecute);
        }

        foreach (var file in own)
        {
            if (File.Exists(file) && (File.GetUnixFileMode(file) & ~OfUser) != 0)
            {
                File.SetUnixFileMode(file, OfUser);
            }
        }
    }

    private static bool IsOwn(string name) => name is "lock" or "silo.json"
        || name.StartsWith(ProcessesFile, StringComparison.Ordinal)
        || name.StartsWith(ControlPlaneFile, StringComparison.Ordinal);
}

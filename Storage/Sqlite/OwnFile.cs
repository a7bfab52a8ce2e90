namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>Keeps a database's file to the user whose silo makes it.</summary>
internal static class OwnFile
{
    /// <summary>Closes a new file to others. What SQLite makes beside it then has the same mode.</summary>
    /// <param name="path">
    /// The file; of a database in memory, or one that is named as a URI, there is none of that name.
    /// </param>
    // By its path: SQLite's locks on a file end when the program closes any other handle of it.
    public static void Close(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

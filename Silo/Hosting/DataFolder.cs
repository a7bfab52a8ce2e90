using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>The data folder of an embedded silo, held for as long as the silo lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The file of the process store.</summary>
    public string Processes => System.IO.Path.Combine(Path, "processes.db");

    /// <summary>The connection string of the control plane. A second file, so that Orleans' blocking driver never holds up the writer of processes.</summary>
    public string ControlPlane => new SqliteConnectionStringBuilder
    {
        DataSource = System.IO.Path.Combine(Path, "control-plane.db"),
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Takes hold of a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="faults">Where faults go.</param>
    /// <returns>The folder; null when it cannot be had.</returns>
    public static DataFolder? Take(string path, List<string> faults)
    {
        try
        {
            var folder = Directory.CreateDirectory(path).FullName;
            return new DataFolder(folder, new FileStream(System.IO.Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(System.IO.Path.Combine(path, "lock")))
        {
            faults.Add($"Workflows:DataFolder is '{path}', which another silo has: {e.Message} End that silo, or set another folder.");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add($"Workflows:DataFolder is '{path}', which cannot be made or written: {e.Message} Set a folder that can.");
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}

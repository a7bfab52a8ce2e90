using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Orleans.Workflows.Abstractions;

/// <summary>How an embedded silo and its clients on the same machine find each other: by a file in the silo's data folder.</summary>
public static class EmbeddedSilo
{
    private const string FileName = "silo.json";

    // The clock may have been set since one of the two was noted.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The folder below which the silos without configuration have theirs: <c>orleans-workflows</c> below the user's
    /// folder for application data. Nothing is made.
    /// </summary>
    // Whoever only asks for the name may have no right to write there, as in a container.
    public static string DataFolders => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "orleans-workflows");

    /// <summary>The data folder of an application's silo without configuration. Nothing is made.</summary>
    /// <param name="application">
    /// The application's name: usually that of its program, <c>IHostEnvironment.ApplicationName</c>.
    /// </param>
    /// <returns>
    /// A folder below <see cref="DataFolders"/>, the same for each start of the application, wherever its program is.
    /// </returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static string DefaultDataFolder(string application)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(application);
        var name = string.Concat(
            application.Select(static c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' ? c : '_'));
        return Path.Combine(DataFolders, name.StartsWith('.') ? $"_{name}" : name);
    }

    /// <summary>Says where the silo's gateway is. Done by the silo once it takes calls.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="gateway">The gateway.</param>
    public static void Announce(string dataFolder, IPEndPoint gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        var file = Path.Combine(dataFolder, FileName);
        var draft = file + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            var announcement = new Announcement(gateway.ToString(), Environment.ProcessId);
            JsonSerializer.Serialize(stream, announcement, WorkflowJson.Options);
        }

        File.Move(draft, file, overwrite: true);
    }

    /// <summary>Finds the gateway of the silo that runs, or ran last, in a data folder.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <returns>The gateway. Nobody may listen there any more.</returns>
    /// <exception cref="WorkflowUnavailableException">No silo has run there.</exception>
    public static IPEndPoint Find(string dataFolder)
    {
        try
        {
            return IPEndPoint.Parse(Read(Path.Combine(dataFolder, FileName)).Gateway);
        }
        catch (Exception e) when (IsOfReading(e))
        {
            throw new WorkflowUnavailableException($"No silo has run with the data folder '{dataFolder}' ({e.Message}). Start one with that folder, or name the gateway of another.", e);
        }
    }

    /// <summary>Finds the silos that run on this machine, for this user.</summary>
    /// <param name="dataFolders">
    /// The folder below which their data folders are, or which is one itself, usually <see cref="DataFolders"/>.
    /// </param>
    /// <returns>
    /// The data folders of those that have announced themselves and whose program still runs, by name; empty for
    /// none.
    /// </returns>
    public static IReadOnlyList<string> FindRunning(string dataFolders)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(dataFolders).Prepend(dataFolders).Where(Runs).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Runs(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        try
        {
            using var program = Process.GetProcessById(Read(file).ProcessId);
            if (IsDead(program.Id))
            {
                return false;
            }

            // A program that began after the announcement has the number of one that is gone.
            return program.StartTime.ToUniversalTime() < File.GetLastWriteTimeUtc(file) + Margin;
        }
        catch (Exception e) when (
            IsOfReading(e)
            || e is ArgumentException or InvalidOperationException or NotSupportedException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Whether a program has ended and nobody has taken note: in a container the first process may never do.</summary>
    private static bool IsDead(int process) => OperatingSystem.IsLinux()
        && File.ReadAllText($"/proc/{process}/stat") is var state
        && state[(state.LastIndexOf(')') + 1)..].TrimStart().StartsWith('Z');

    private static Announcement Read(string file) =>
        JsonSerializer.Deserialize<Announcement>(File.ReadAllBytes(file), WorkflowJson.Options)
        ?? throw new JsonException("The announcement is empty.");

    private static bool IsOfReading(Exception exception) =>
        exception is IOException or JsonException or FormatException or UnauthorizedAccessException;

    /// <summary>What the file says.</summary>
    private sealed record Announcement(string Gateway, int ProcessId);
}

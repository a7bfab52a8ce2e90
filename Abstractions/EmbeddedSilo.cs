using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Orleans.Workflows;

/// <summary>
/// How an embedded silo and its clients on the same machine find each other: by a file in the silo's data folder.
/// </summary>
public static class EmbeddedSilo
{
    private const string FileName = "silo.json";

    // Of the fields of a program's state, counted from the one behind its name.
    private const int StartTicks = 19;

    /// <summary>
    /// The folder below which the silos without configuration have theirs: <c>orleans-workflows</c> below the user's
    /// folder for application data. Nothing is made.
    /// </summary>
    // Whoever only asks for the name may have no right to write there, as in a container.
    public static string DataFolders =>
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify)
                is { Length: > 0 } folder
                ? folder
                : Path.GetTempPath(),
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
            var process = Environment.ProcessId;
            var announcement = new Announcement(gateway.ToString(), process, StartOf(process));
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
            throw new WorkflowUnavailableException(
                $"No silo has run with the data folder '{dataFolder}' ({e.Message}). Start one with that folder, or "
                + "name the gateway of another.",
                e);
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
            return
            [
                .. Directory
                    .EnumerateDirectories(dataFolders)
                    .Prepend(dataFolders)
                    .Where(Runs)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Runs(string dataFolder)
    {
        try
        {
            var announced = Read(Path.Combine(dataFolder, FileName));

            // An earlier version has noted no start.
            return StartOf(announced.ProcessId) is { } start && (announced.Start ?? start) == start;
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return false;
        }
    }

    /// <summary>
    /// Tells a program from every other one that has had its number, whatever the clock was set to: on Linux by the
    /// start of the machine and the ticks from then on; elsewhere the system keeps the time that it noted.
    /// </summary>
    /// <returns>
    /// Its start; null when it does not run. A program that has ended, and nobody has taken note, does not: in a
    /// container the first process may never do.
    /// </returns>
    private static string? StartOf(int process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var program = Process.GetProcessById(process);
                return program.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
            }

            var state = File.ReadAllText($"/proc/{process}/stat");
            return state[(state.LastIndexOf(')') + 1)..].TrimStart().Split(' ') is not ["Z" or "X", ..] and var fields
                ? $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {fields[StartTicks]}"
                : null;
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException
                or InvalidOperationException or NotSupportedException or Win32Exception)
        {
            return null;
        }
    }

    private static Announcement Read(string file) =>
        JsonSerializer.Deserialize<Announcement>(File.ReadAllBytes(file), WorkflowJson.Options)
        ?? throw new JsonException("The announcement is empty.");

    private static bool IsOfReading(Exception exception) =>
        exception is IOException or JsonException or FormatException or UnauthorizedAccessException;

    /// <summary>What the file says.</summary>
    private sealed record Announcement(string Gateway, int ProcessId, string? Start = null);
}

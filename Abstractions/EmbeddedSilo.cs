using System.Net;
using System.Text.Json;

namespace Orleans.Workflows.Abstractions;

/// <summary>How an embedded silo and its clients on the same machine find each other: by a file in the silo's data folder.</summary>
public static class EmbeddedSilo
{
    private const string FileName = "silo.json";

    /// <summary>The data folder of a silo without configuration: <c>orleans-workflows</c> below the user's folder for application data. Nothing is made.</summary>
    // Whoever only asks for the name may have no right to write there, as in a container.
    public static string DefaultDataFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "orleans-workflows");

    /// <summary>Says where the silo's gateway is. Done by the silo once it takes calls.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="gateway">The gateway.</param>
    public static void Announce(string dataFolder, IPEndPoint gateway)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        var file = Path.Combine(dataFolder, FileName);
        var draft = file + ".new";
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(new Announcement(gateway.ToString(), Environment.ProcessId), WorkflowJson.Options));
        File.Move(draft, file, overwrite: true);
    }

    /// <summary>Finds the gateway of the silo that runs, or ran last, in a data folder.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <returns>The gateway. Nobody may listen there any more.</returns>
    /// <exception cref="WorkflowUnavailableException">No silo has run there.</exception>
    public static IPEndPoint Find(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        try
        {
            var announcement = JsonSerializer.Deserialize<Announcement>(File.ReadAllBytes(file), WorkflowJson.Options);
            return IPEndPoint.Parse(announcement!.Gateway);
        }
        catch (Exception e) when (e is IOException or JsonException or FormatException or UnauthorizedAccessException)
        {
            throw new WorkflowUnavailableException($"No silo has run with the data folder '{dataFolder}' ({e.Message}). Start one with that folder, or name the gateway of another.", e);
        }
    }

    /// <summary>What the file says.</summary>
    private sealed record Announcement(string Gateway, int ProcessId);
}

using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>Finds the silo that is meant when none was named: the one that runs on this machine.</summary>
internal static class RunningSilo
{
    /// <summary>Names the place, where none was named.</summary>
    /// <param name="settings">What was given.</param>
    /// <param name="dataFolders">The folder below which silos have their data folders.</param>
    /// <exception cref="NoConnectionException">None runs.</exception>
    /// <exception cref="UsageException">Several run; the message lists them.</exception>
    public static ConnectionSettings Choose(ConnectionSettings settings, string dataFolders)
    {
        if (settings is not { DataFolder: null, ConnectionString: null, Gateways.Count: 0 })
        {
            return settings;
        }

        return EmbeddedSilo.FindRunning(dataFolders) switch
        {
            [var only] => settings with { DataFolder = only },
            [] => throw new NoConnectionException(
                $"No silo runs on this machine with a data folder below '{dataFolders}'.", ConnectionFault.StartOne),
            var several => throw new UsageException(
                $"{several.Count} silos run on this machine. Say which one is meant: "
                + string.Join(" or ", several.Select(static folder => $"--data-folder '{folder}'"))),
        };
    }
}

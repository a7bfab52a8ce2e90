using Orleans.Messaging;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// The gateway that an embedded silo has announced in its data folder, read anew each time: a silo that starts again
/// has another port.
/// </summary>
/// <param name="dataFolder">The data folder; null for that of the one silo that runs.</param>
/// <param name="dataFolders">Where that one is looked for.</param>
internal sealed class AnnouncedGateway(string? dataFolder, string dataFolders) : IGatewayListProvider
{
    private const string Remedy =
        $"Say by {nameof(WorkflowClientOptions)}.{nameof(WorkflowClientOptions.DataFolder)} which one is meant.";

    private string? _found;

    /// <summary>
    /// What ran beside the silo that was found, when that was seen last: others, whose processes are not meant.
    /// </summary>
    private IReadOnlyList<string> _others = [];

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => ClientTimings.GatewayListRefresh;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways()
    {
        var gateway = EmbeddedSilo.Find(dataFolder ?? FindRunning());
        return Task.FromResult<IList<Uri>>([gateway.ToGatewayUri()]);
    }

    /// <summary>
    /// The silo that was found, for as long as it runs. When it is gone, the one that has come since: it may have been
    /// started with another folder, or be another program. One that ran beside it is never taken for it while it starts
    /// again.
    /// </summary>
    private string FindRunning()
    {
        var running = EmbeddedSilo.FindRunning(dataFolders);
        if (_found is not null && running.Contains(_found))
        {
            _others = [.. running.Where(folder => folder != _found)];
            return _found;
        }

        return running.Except(_others).ToList() switch
        {
            [var only] => _found = only,
            [] when running.Count > 0 => throw new WorkflowUnavailableException(
                $"The silo of the data folder '{_found}' runs no more, and those that ran beside it, "
                + $"with the data folders {Named(running)}, are others. Start it again. {Remedy}"),
            [] => throw new WorkflowUnavailableException(
                $"No silo runs on this machine with a data folder below '{dataFolders}'. "
                + "Start one, or name another place."),
            _ => throw new WorkflowUnavailableException(
                $"Several silos run on this machine, with the data folders {Named(running)}. {Remedy}"),
        };
    }

    private static string Named(IEnumerable<string> folders) =>
        string.Join(", ", folders.Select(static folder => $"'{folder}'"));
}

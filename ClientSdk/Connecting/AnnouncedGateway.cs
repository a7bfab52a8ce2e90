using Orleans.Messaging;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>The gateway that an embedded silo has announced in its data folder, read anew each time: a silo that starts again has another port.</summary>
/// <param name="dataFolder">The data folder; null for that of the one silo that runs.</param>
/// <param name="dataFolders">Where that one is looked for.</param>
internal sealed class AnnouncedGateway(string? dataFolder, string dataFolders) : IGatewayListProvider
{
    // Once found it stays: the silo may start again, and another one beside it.
    private string? _folder = dataFolder;

    /// <inheritdoc/>
    public TimeSpan MaxStaleness => ClientTimings.GatewayListRefresh;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways()
    {
        var gateway = EmbeddedSilo.Find(_folder ??= FindRunning());
        return Task.FromResult<IList<Uri>>([gateway.ToGatewayUri()]);
    }

    private string FindRunning() => EmbeddedSilo.FindRunning(dataFolders) switch
    {
        [var only] => only,
        [] => throw new WorkflowUnavailableException(
            $"No silo runs on this machine with a data folder below '{dataFolders}'. "
            + "Start one, or name another place."),
        var several => throw new WorkflowUnavailableException(
            "Several silos run on this machine, with the data folders "
            + $"{string.Join(", ", several.Select(static folder => $"'{folder}'"))}. Say by "
            + $"{nameof(WorkflowClientOptions)}.{nameof(WorkflowClientOptions.DataFolder)} which one is meant."),
    };
}

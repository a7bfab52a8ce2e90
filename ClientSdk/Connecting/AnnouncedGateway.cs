using Orleans.Messaging;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>The gateway that an embedded silo has announced in its data folder, read anew each time: a silo that starts again has another port.</summary>
/// <param name="dataFolder">The data folder.</param>
internal sealed class AnnouncedGateway(string dataFolder) : IGatewayListProvider
{
    /// <inheritdoc/>
    public TimeSpan MaxStaleness => ClientTimings.GatewayListRefresh;

    /// <inheritdoc/>
    public bool IsUpdatable => true;

    /// <inheritdoc/>
    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>([EmbeddedSilo.Find(dataFolder).ToGatewayUri()]);
}

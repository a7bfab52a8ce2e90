using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>
/// How fast a client finds out that a gateway is gone. The one place for these numbers; docs/operations/cluster.md
/// explains them.
/// </summary>
internal static class ClientTimings
{
    /// <summary>How often the list of gateways is read anew.</summary>
    public static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a gateway that was sent something may send nothing. Everything that a client asks is answered sooner,
    /// or was lost.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    /// <summary>How long a gateway may take to accept a connection. One that is frozen never does.</summary>
    public static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(2);

    /// <summary>Applies the settings to a client.</summary>
    public static void Apply(IClientBuilder client)
    {
        client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = GatewayListRefresh);
        client.Configure<ConnectionOptions>(static connections => connections.OpenConnectionTimeout = LongestConnect);
        client.Services.AddSingleton<SilenceWatch>();
        client.Services.AddOptions<ClientConnectionOptions>().Configure<SilenceWatch>(static (connections, watch) =>
            connections.ConfigureConnection(connection => connection.Use(watch.Wrap)));
        client.AddGatewayCountChangedHandler(static services =>
        {
            var calls = services.GetRequiredService<ClusterCalls>();

            // None where a host of Orleans' own starts the client, and waits for the connection.
            var state = services.GetService<ConnectionState>();
            return (_, change) =>
            {
                state?.GatewaysChanged(change.NumberOfConnectedGateways);
                calls.GatewaysChanged(
                    lost: change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways);
            };
        });
    }
}

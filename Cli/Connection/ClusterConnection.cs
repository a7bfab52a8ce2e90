using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.ClientSdk.Connecting;

namespace Orleans.Workflows.Cli.Connection;

/// <summary>Connects to a cluster, or says why not.</summary>
internal static class ClusterConnection
{
    private static readonly TimeSpan LongestResponse = TimeSpan.FromSeconds(5);

    /// <summary>Connects to a cluster.</summary>
    /// <param name="settings">Which, and how patiently.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NoConnectionException">There is no connection; it says why not, and what to do.</exception>
    /// <exception cref="Reading.UsageException">No place was given, and several silos run on this machine.</exception>
    public static async Task<ConnectedClient> OpenAsync(
        ConnectionSettings settings,
        CancellationToken cancellationToken)
    {
        settings = RunningSilo.Choose(settings, EmbeddedSilo.DataFolders);
        using var timeout = new CancellationTokenSource(settings.Timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        IHost? host = null;
        try
        {
            host = Build(settings, await ResolveAsync(settings, either.Token));
            await ConnectAsync(host, either.Token);
            return new ConnectedClient(host.Services.GetRequiredService<IProcessClient>(), host);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var isSilent = host?.Services.GetService<PostgresGateways>() is { HasAnswered: false };
            host?.Dispose();
            throw ConnectionFault.Of(settings, e, timeout.IsCancellationRequested, isSilent);
        }
    }

    private static async Task ConnectAsync(IHost host, CancellationToken cancellationToken)
    {
        await host.StartAsync(cancellationToken).WaitAsync(cancellationToken);
        try
        {
            await host.Services.GetRequiredService<ConnectionState>().Connected.WaitAsync(cancellationToken);
        }
        catch (WorkflowUnavailableException e) when (e.InnerException is { } cause)
        {
            // What is said about it here depends on what it was.
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    private static async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(
        ConnectionSettings settings,
        CancellationToken cancellationToken)
    {
        var found = new List<IPEndPoint>();
        foreach (var gateway in settings.Gateways)
        {
            var addresses = await Dns.GetHostAddressesAsync(gateway.Host, cancellationToken);
            found.AddRange(addresses.Select(address => new IPEndPoint(address, gateway.Port)));
        }

        return found;
    }

    private static IHost Build(ConnectionSettings settings, IReadOnlyList<IPEndPoint> gateways)
    {
        // Empty: no settings file of the current folder may change what a command does.
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        if (settings.Verbose)
        {
            builder
                .Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace)
                .SetMinimumLevel(LogLevel.Error);
        }

        builder.AddWorkflowClient(options =>
        {
            foreach (var gateway in gateways)
            {
                options.Gateways.Add(gateway);
            }

            options.DataFolder = settings.DataFolder;
            options.ConnectionString = settings.ConnectionString;
            options.OperationTimeout = settings.Timeout;
            options.ResponseTimeout = settings.Timeout < LongestResponse ? settings.Timeout : LongestResponse;
        });
        builder.Services.AddSingleton<IClientConnectionRetryFilter, SlowGatewayRetry>();
        return builder.Build();
    }
}

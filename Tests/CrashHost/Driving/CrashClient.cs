using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>A client of silo processes.</summary>
public sealed class CrashClient : IAsyncDisposable
{
    /// <summary>
    /// A silo that has just started and compiles its code may take no starts for longer than the default, on a machine
    /// that others use.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly IHost _host;

    private CrashClient(IHost host) => _host = host;

    /// <summary>Starts, finds and lists processes.</summary>
    public IProcessClient Processes => _host.Services.GetRequiredService<IProcessClient>();

    /// <summary>Calls other grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Connects by the gateways of silos.</summary>
    /// <param name="folder">What their cluster works on.</param>
    /// <param name="silos">The silos.</param>
    /// <returns>The client.</returns>
    public static Task<CrashClient> ConnectAsync(CrashFolder folder, params HostProcess[] silos)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(silos);
        return ConnectAsync(client =>
        {
            (client.ClusterId, client.OverloadTimeout) = (folder.ClusterId, Patience);
            silos.ToList().ForEach(silo => client.Gateways.Add(silo.Gateway));
        });
    }

    /// <summary>Connects to whichever silos are members of a cluster.</summary>
    /// <param name="folder">What the cluster works on.</param>
    /// <returns>The client.</returns>
    public static Task<CrashClient> ConnectAsync(CrashFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return ConnectAsync(client =>
        {
            (client.ClusterId, client.OverloadTimeout) = (folder.ClusterId, Patience);
            client.ConnectionString = folder.ConnectionString;
        });
    }

    /// <summary>Connects as the options say.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The client.</returns>
    public static async Task<CrashClient> ConnectAsync(Action<WorkflowClientOptions> configure)
    {
        var settings = new HostApplicationBuilderSettings
        {
            Configuration = new() { ["hostBuilder:reloadConfigOnChange"] = "false" },
        };
        var builder = Host.CreateApplicationBuilder(settings);
        builder.Logging.ClearProviders();
        builder.AddWorkflowClient(configure);
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<ConnectionState>().Connected;
        return new CrashClient(host);
    }

    /// <summary>Reads rows from the store, which wakes nobody.</summary>
    /// <param name="prefix">How the ids begin.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows.</returns>
    public async Task<IReadOnlyList<ProcessSummary>> ListAsync(
        string prefix,
        CancellationToken cancellationToken = default)
    {
        var rows = new List<ProcessSummary>();
        await foreach (
            var row in Processes.ListAsync(
                new ProcessQuery { IdPrefix = prefix, PageSize = 1_000 },
                cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Waits, without touching them, until processes have ended. They have to go on by themselves.</summary>
    /// <param name="prefix">How their ids begin.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="deadline">How long at most.</param>
    /// <param name="silo">Whose output the message of a failure has.</param>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> AllEndedAsync(string prefix, int count, TimeSpan deadline, HostProcess silo)
    {
        IReadOnlyList<ProcessSummary> rows = [];
        return Eventually.TrueAsync(
            async () =>
            {
                rows = await ListAsync(prefix);
                return rows.Count(static row => row.State.IsTerminal()) == count;
            },
            deadline,
            () =>
                $"{count} processes '{prefix}…' have ended. There are "
                + $"{string.Join(", ", rows.CountBy(static row => (row.State, row.Incident)))}. The silo "
                + $"printed:{Environment.NewLine}{silo.Output}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        try
        {
            await _host.StopAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The silo that it would say goodbye to is gone.
        }

        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}

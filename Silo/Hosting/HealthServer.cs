using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// Answers health probes on a port of its own. Live: the host's threads answer. Ready: the silo is a member, does not
/// stop, and its store takes writes.
/// </summary>
internal sealed class HealthServer(SiloEndpoints endpoints, IServiceProvider services)
    : IHostedLifecycleService,
        IAsyncDisposable
{
    /// <summary>The path of liveness probes.</summary>
    public const string LivePath = "/health/live";

    /// <summary>The path of readiness probes.</summary>
    public const string ReadyPath = "/health/ready";

    /// <summary>
    /// How long a readiness probe waits for the store. A probe that gives up earlier never learns the reason.
    /// </summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private WebApplication? _server;

    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(endpoints.HealthEndpoint));
        builder.Services.AddRoutingCore();
        _server = builder.Build();
        _server.MapGet(LivePath, static () => Results.Text("live"));
        _server.MapGet(ReadyPath, ReadyAsync);
        await _server.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IResult> ReadyAsync(CancellationToken aborted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(ProbeTimeout);
        string? reason;
        try
        {
            reason = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
                ? "The silo stops."
                : await services.GetRequiredService<IWorkflowHealth>().WhyNotReadyAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            reason = $"The store did not answer within {ProbeTimeout}.";
        }

        var health = services.GetRequiredService<IWorkflowHealth>();
        var stuck = health.Stuck;
        var signals = new List<string>();
        if (stuck.Total > 0)
        {
            signals.Add(
                $"stuck: {stuck.LateTimers} late timers, {stuck.LateMessages} late messages, {stuck.Orphans} orphans, "
                + $"{stuck.Undriven} undriven; the oldest for {stuck.OldestAge.TotalSeconds:0} s");
        }

        if (health.WhyNoStarts is { } shortage)
        {
            signals.Add($"no starts: {shortage}");
        }

        var ready = signals.Count == 0 ? "ready" : $"ready, but {string.Join("; ", signals)}";
        return reason is null
            ? Results.Text(ready)
            : Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

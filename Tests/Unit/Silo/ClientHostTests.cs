using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>
/// A service that is a client starts without its cluster, says what is missing, and its calls wait or fail in time.
/// </summary>
public sealed class ClientHostTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("owf-client-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WebService_BeforeItsSilo_ListensAtOnceAndIsLiveAndItsHealthSaysWhatIsMissing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddWorkflowClient(client => client.DataFolder = _folder);
        await using var service = builder.Build();
        service.MapHealthChecks(
            "/health",
            new()
            {
                ResponseWriter = static (http, report) =>
                    http.Response.WriteAsync(
                        string.Join(
                            '\n',
                            report.Entries.Select(static check => $"{check.Key}: {check.Value.Description}"))),
            });

        service.MapHealthChecks("/health/live", new() { Predicate = static check => check.Tags.Contains("live") });
        service.MapHealthChecks("/health/ready", new() { Predicate = static check => check.Tags.Contains("ready") });

        await service.StartAsync(Cancel).WaitAsync(Limit, Cancel);

        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        using var before = await http.GetAsync("/health", Cancel);
        before.StatusCode.ShouldBe(HttpStatusCode.OK, "nobody is to start the service again for the cluster's outage");
        (await http.GetStringAsync("/health/live", Cancel)).ShouldBe("Healthy");
        (await http.GetStringAsync("/health/ready", Cancel)).ShouldBe("Degraded");
        (await before.Content.ReadAsStringAsync(Cancel)).ShouldStartWith(
            $"orleans-workflows: The client cannot reach its cluster, the embedded silo of the data folder "
            + $"'{_folder}': ");

        using var silo = Silo();
        await silo.StartAsync(Cancel);
        await TypesAsync(service.Services);

        (await http.GetStringAsync("/health", Cancel)).ShouldStartWith(
            "orleans-workflows: The client is connected to the embedded silo");
        await service.StopAsync(Cancel);
        await silo.StopAsync(Cancel);
    }

    [Fact]
    public async Task Call_BeforeItsSilo_WaitsForIt()
    {
        // The call waits for a silo to be made, which takes long on a busy machine.
        var log = new LogLines();
        using var service = Client(log, Limit);
        await service.StartAsync(Cancel);
        (await log.FirstAsync("waits for its cluster").WaitAsync(Limit, Cancel)).ShouldContain(_folder);
        var calling = TypesAsync(service.Services);
        var waiting = service
            .Services.GetRequiredService<IProcessClient>()
            .GetHandle(ProcessId.Parse("nobody"))
            .WaitAsync(Cancel);
        calling.IsCompleted.ShouldBeFalse("there is no silo yet");

        using var silo = Silo();
        await silo.StartAsync(Cancel);

        (await calling.WaitAsync(Limit, Cancel)).ShouldBeEmpty();
        await Should.ThrowAsync<ProcessNotFoundException>(() => waiting.WaitAsync(Limit, Cancel));
        await service.StopAsync(Cancel);
        await silo.StopAsync(Cancel);
    }

    [Fact]
    public async Task Silo_GoneAndBack_IsTwoLines_AndHealthFollowsWithoutAnyCall()
    {
        var log = new LogLines { Least = LogLevel.Warning };
        using var service = Client(log);
        using (var silo = Silo())
        {
            await silo.StartAsync(Cancel);
            await service.StartAsync(Cancel);
            await TypesAsync(service.Services);
            (await HealthAsync(service)).Status.ShouldBe(HealthStatus.Healthy);
            await silo.StopAsync(Cancel);
        }

        (await log.FirstAsync("The client waits for its cluster").WaitAsync(Limit, Cancel)).ShouldContain(_folder);
        var gone = await HealthAsync(service);
        gone.Status.ShouldBe(HealthStatus.Degraded);
        gone.Description.ShouldNotBeNull().ShouldStartWith("The client cannot reach its cluster, ");

        using var again = Silo();
        await again.StartAsync(Cancel);
        await log.FirstAsync("The client has its cluster").WaitAsync(Limit, Cancel);

        (await HealthAsync(service)).Status.ShouldBe(HealthStatus.Healthy);
        log.All.Where(static line => !line.StartsWith("Health check", StringComparison.Ordinal))
            .Select(static line => line[..line.IndexOf(',')])
            .ShouldBe(["The client waits for its cluster", "The client has its cluster"]);
        await service.StopAsync(Cancel);
        await again.StopAsync(Cancel);
    }

    [Fact]
    public async Task Gateway_ThatNoSiloHas_IsOneLine_HoweverOftenItIsTried()
    {
        var log = new LogLines { Least = LogLevel.Warning };
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.AddWorkflowClient(client => client.Gateways.Add((IPEndPoint)nobody.LocalEndpoint));
        using var service = builder.Build();
        await service.StartAsync(Cancel);

        for (var attempt = 1; attempt <= 4; attempt++)
        {
            // It says nothing of what a gateway says.
            using var connection = await nobody.AcceptTcpClientAsync(Cancel).AsTask().WaitAsync(Limit, Cancel);
        }

        log.All.ShouldHaveSingleItem().ShouldStartWith("The client waits for its cluster, the gateways 127.0.0.1:");
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Call_WithoutASilo_FailsInItsTimeAndSaysWhatIsMissing()
    {
        using var service = Client(log: null, TimeSpan.FromSeconds(1));
        await service.StartAsync(Cancel);
        var client = service.Services.GetRequiredService<IProcessClient>();

        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            client
                .StartJsonAsync("any", "{}"u8.ToArray(), new() { Id = ProcessId.Parse("mine") }, Cancel)
                .WaitAsync(Limit, Cancel));

        fault.Message.ShouldContain(_folder);
        fault.Message.ShouldContain("Nothing was sent.");
        fault.ProcessId.ShouldBe(ProcessId.Parse("mine"));
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Call_WithoutASilo_EndsWithItsToken()
    {
        using var service = Client(log: null);
        await service.StartAsync(Cancel);
        var client = service.Services.GetRequiredService<IProcessClient>();
        using var cancelled = new CancellationTokenSource();
        var starting = client.StartJsonAsync(
            "any",
            "{}"u8.ToArray(),
            new() { Id = ProcessId.Parse("mine") },
            cancelled.Token);
        var listing = client.ListTypesAsync(cancelled.Token);

        await cancelled.CancelAsync();

        (await Assert.ThrowsAsync<CallCanceledException>(() => starting)).ProcessId.ShouldBe(ProcessId.Parse("mine"));
        await Should.ThrowAsync<OperationCanceledException>(() => listing);
        await service.StopAsync(Cancel);
    }

    [Fact]
    public async Task Stop_WithoutASilo_EndsTheCallsThatWait()
    {
        using var service = Client(log: null);
        await service.StartAsync(Cancel);
        var calling = TypesAsync(service.Services);

        await service.StopAsync(Cancel).WaitAsync(Limit, Cancel);

        (
            await Should.ThrowAsync<WorkflowUnavailableException>(() => calling.WaitAsync(Limit, Cancel))
        ).Message.ShouldContain("the host stops");
    }

    [Fact]
    public async Task Host_WhoseStartFails_BlamesNotItsCluster()
    {
        var log = new LogLines();
        var builder = Builder(log);
        builder.Services.AddSingleton<IHostedService>(new Failing(log));
        var service = builder.Build();
        var client = service.Services.GetRequiredService<IProcessClient>();

        await Should.ThrowAsync<InvalidOperationException>(() => service.StartAsync(Cancel));
        service.Dispose();

        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            client.ListTypesAsync(Cancel).WaitAsync(Limit, Cancel));
        fault.Message.ShouldContain("the host stops");
        log.All.ShouldNotContain(static line => line.Contains("tries no more"));
    }

    [Fact]
    public void Configuration_ThatCannotBe_EndsTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddWorkflowClient(client => (client.DataFolder, client.ServiceId) = (_folder, ""));
        using var service = builder.Build();

        Should.Throw<OrleansConfigurationException>(() => service.Start());
    }

    private static async Task<IReadOnlyList<string>> TypesAsync(IServiceProvider services) =>
        await services.GetRequiredService<IProcessClient>().ListTypesAsync(Cancel).WaitAsync(Limit, Cancel);

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel)).Entries[
            "orleans-workflows"
        ];

    private IHost Client(LogLines? log, TimeSpan? operationTimeout = null) => Builder(log, operationTimeout).Build();

    private HostApplicationBuilder Builder(LogLines? log, TimeSpan? operationTimeout = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.AddWorkflowClient(client =>
            (client.DataFolder, client.OperationTimeout) = (_folder, operationTimeout ?? client.OperationTimeout));
        return builder;
    }

    private IHost Silo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workflows:DataFolder"] = _folder,
            ["Workflows:SiloPort"] = "0",
            ["Workflows:GatewayPort"] = "0",
            ["Workflows:HealthPort"] = "0",
        });
        builder.AddWorkflowSilo();
        return builder.Build();
    }

    /// <summary>Does not start, as a web server whose port is taken. The client has tried to connect by then.</summary>
    private sealed class Failing(LogLines log) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await log.FirstAsync("waits for its cluster").WaitAsync(Limit, cancellationToken);
            throw new InvalidOperationException("The port is taken.");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

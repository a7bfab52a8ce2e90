using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>The one option that exports metrics and traces, against a collector that takes what comes.</summary>
public sealed class OtlpExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("owf-otlp-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Collector_GetsTheInstrumentsAndSpansOfAProcess()
    {
        var posts = new ConcurrentQueue<(string Path, string? Type, string Body)>();
        await using var collector = await CollectAsync(posts);
        using (var host = Build(collector.Urls.Single()))
        {
            await host.StartAsync(Cancel);
            await RunAsync(host);
            await host.StopAsync(Cancel);
        }

        // What has gathered is sent at the latest when the host ends.
        posts.ShouldAllBe(static post => post.Type == "application/x-protobuf");
        var metrics = string.Concat(
            posts.Where(static post => post.Path == "/v1/metrics").Select(static post => post.Body));
        string[] expected =
        [
            "orleans.workflows.steps.duration",
            "orleans.workflows.commits.duration",
            "orleans.workflows.store.batch.items",
            "orleans.workflows.processes.ended",
            "orleans.workflows.processes",
            "orleans.workflows.stuck",
            "orleans.workflows.stuck.age",
            "Microsoft.Orleans",
            "System.Runtime",
            "otlp-tests",
        ];
        expected.Where(name => !metrics.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
        var traces = string.Concat(
            posts.Where(static post => post.Path == "/v1/traces").Select(static post => post.Body));
        traces.ShouldContain("orleans.workflows.start");
        traces.ShouldContain("orleans.workflows.step");
        traces.ShouldContain("unit/note");
    }

    [Fact]
    public async Task Collector_ThatIsAway_DisturbsNobody()
    {
        using var host = Build("http://127.0.0.1:9");
        await host.StartAsync(Cancel);

        await RunAsync(host);

        (await host.Services.GetRequiredService<IWorkflowHealth>().WhyNotReadyAsync(Cancel)).ShouldBeNull();
        await host.StopAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(45), Cancel);
    }

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("ftp://collector")]
    [InlineData("")]
    public void Endpoint_ThatIsNoAddress_IsAFaultThatNamesIt(string endpoint) =>
        Should
            .Throw<SiloConfigurationException>(() => Build(endpoint))
            .Message.ShouldContain($"Workflows:OtlpEndpoint is '{endpoint}'");

    [Fact]
    public async Task Ready_SaysWhatIsStuck()
    {
        using var host = Build(endpoint: null);
        await host.StartAsync(Cancel);
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://{host.Services.GetRequiredService<SiloEndpoints>().HealthEndpoint}"),
        };
        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2);
        var id = ProcessId.New();
        await host.Services.GetRequiredService<IProcessStore>().CommitAsync(
            new ProcessCommit
            {
                OperationId = Guid.CreateVersion7(),
                ExpectedVersion = 0,
                History = [new HistoryEvent(HistoryKind.Created)],
                Row = new ProcessRow
                {
                    Id = id,
                    RunId = "run",
                    Type = "nobody/has-this",
                    DefinitionVersion = 1,
                    State = ProcessState.Created,
                    Root = id,
                    CreatedAt = past,
                    UpdatedAt = past,
                    DueAt = past,
                    Version = 1,
                    StartRequestId = "request",
                    Checkpoint = """{"format":1,"position":"","wait":{"kind":1,"then":""}}"""u8.ToArray(),
                },
            },
            Cancel);

        var ready = "";
        for (
            var began = Stopwatch.GetTimestamp();
            !ready.Contains("stuck", StringComparison.Ordinal);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel))
        {
            ready = await http.GetStringAsync("/health/ready", Cancel);
            Stopwatch
                .GetElapsedTime(began)
                .ShouldBeLessThan(TimeSpan.FromSeconds(30), "the audit has not found the late timer");
        }

        ready.ShouldStartWith(
            "ready, but stuck: 1 late timers, 0 late messages, 0 orphans, 0 undriven; the oldest for 12");
        await host.StopAsync(Cancel);
    }

    private static async Task RunAsync(IHost host)
    {
        var client = host.Services.GetRequiredService<IProcessClient>();
        var process = await client.StartJsonAsync("unit/note", "{}"u8.ToArray(), cancellationToken: Cancel);
        await process.WaitAsync(Cancel);
    }

    private static async Task<WebApplication> CollectAsync(
        ConcurrentQueue<(string Path, string? Type, string Body)> posts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            posts.Enqueue(
                (context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(Cancel);
        return collector;
    }

    private IHost Build(string? endpoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workflows:DataFolder"] = _folder,
            ["Workflows:SiloPort"] = "0",
            ["Workflows:GatewayPort"] = "0",
            ["Workflows:HealthPort"] = "0",
            ["Workflows:ServiceId"] = "otlp-tests",
            ["Workflows:OtlpEndpoint"] = endpoint,
            ["Workflows:Engine:OwnerScanInterval"] = "00:00:01",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddWorkflowSilo(static processes => processes.AddProcess<Note>());
        return builder.Build();
    }

    private sealed record Nothing;

    /// <summary>One step that does nothing.</summary>
    [Process("unit/note")]
    private sealed class Note : Process<Nothing, Nothing>
    {
        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(Finish(new Nothing()));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Supervision;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>What those hear who listen to the meter and the activity source 'Orleans.Workflows'.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Name = "Orleans.Workflows";

    private readonly ConcurrentQueue<string> _measured = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(configure: static options =>
            options.OwnerScanInterval = TimeSpan.FromSeconds(1));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Meter_TellsOfStepsCommitsWakesEndsIncidentsAndRefusals()
    {
        using var listener = Listen();
        await (
            await _cluster.Client.StartAsync(
                Types.Hello,
                new HelloInput("measured", Steps: 3),
                cancellationToken: Cancel)
        ).GetResultAsync(Cancel);
        var waiter = await _cluster.Client.StartAsync(
            Types.Wait,
            new WaitInput(Delay: TimeSpan.FromMilliseconds(20), Timeout: TimeSpan.FromMilliseconds(20)),
            cancellationToken: Cancel);
        await waiter.GetResultAsync(Cancel);
        await (
            await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("unknown"), cancellationToken: Cancel)
        ).WaitAsync(Cancel);
        await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
            _cluster.Client.StartJsonAsync("no/type", "{}"u8.ToArray(), cancellationToken: Cancel));
        var deaf = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("deaf"), cancellationToken: Cancel);
        await Eventually.TrueAsync("it is an incident", async () =>
            (await deaf.GetStatusAsync(Cancel)).Incident is not null);
        _cluster.Recorder.Open(deaf.Id);
        await _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<LivenessAuditor>().AuditAsync([], Cancel);
        listener.RecordObservableInstruments();

        Count("orleans.workflows.steps.duration type=test/hello outcome=completed").ShouldBe(3);
        Count("orleans.workflows.steps.duration type=test/probe outcome=failed").ShouldBe(1);
        Count("orleans.workflows.commits.duration status=Done").ShouldBeGreaterThan(8);
        Count("orleans.workflows.wakes.lag").ShouldBe(2);
        Count("orleans.workflows.processes.ended type=test/hello state=Finished").ShouldBe(1);
        Count("orleans.workflows.processes.ended type=test/probe state=Excepted").ShouldBe(1);
        Count("orleans.workflows.incidents.opened code=StepIgnoredCancellation type=test/probe").ShouldBe(1);
        Count("orleans.workflows.starts.refused reason=UnknownType").ShouldBe(1);
        _measured.ShouldContain("orleans.workflows.processes state=Paused: 1");
        _measured.ShouldContain("orleans.workflows.processes state=Running: 1");
        _measured.ShouldContain("orleans.workflows.incidents.open: 1");
        _measured.ShouldContain("orleans.workflows.stuck reason=undriven: 0");
        _measured.ShouldContain("orleans.workflows.stuck.age: 0");
        _measured.ShouldAllBe(line => !line.Contains(deaf.Id.Value));
    }

    [Fact]
    public async Task F19_Source_TracesAStartInItsCallersTraceAndEachStepInItsOwnWithALinkToTheStart()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is Name or nameof(TelemetryTests),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(TelemetryTests));
        var caller = source.StartActivity("caller")!;
        var waiter = await _cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        caller.Stop();
        await waiter.SignalAsync("go", "on", cancellationToken: Cancel);
        await waiter.GetResultAsync(Cancel);
        await Eventually.TrueAsync("the last step has ended", () =>
            Task.FromResult(SpansOf(waiter.Id, "orleans.workflows.step").Count == 2));

        var start = SpansOf(waiter.Id, "orleans.workflows.start").ShouldHaveSingleItem();
        var steps = SpansOf(waiter.Id, "orleans.workflows.step");
        (start.TraceId, start.ParentSpanId).ShouldBe((caller.TraceId, caller.SpanId));
        start.GetTagItem("orleans.workflows.outcome").ShouldBe("Created");
        steps.Select(static step => step.GetTagItem("orleans.workflows.step.position")).ShouldBe(["RunAsync", "Heard"]);
        steps.Select(static step => step.TraceId).Append(start.TraceId).Distinct().Count().ShouldBe(3);
        steps.ShouldAllBe(step =>
            step.Links.Single().Context.SpanId == start.SpanId && step.Links.Single().Context.TraceId == start.TraceId);
        steps.ShouldAllBe(static step =>
            step.ParentSpanId == default && (string)step.GetTagItem("orleans.workflows.outcome")! == "completed");
    }

    [Fact]
    public async Task Source_LinksStepsOfChildrenToTheStartOfTheirRoot_AndSaysWhatFailed()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var family = await _cluster.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 2),
            cancellationToken: Cancel);
        await family.GetResultAsync(Cancel);
        await Eventually.TrueAsync("the children's steps have ended", () => Task.FromResult(OfChildren().Count >= 2));
        var failing = await _cluster.Client.StartAsync(
            Types.Probe,
            new ProbeInput("unknown"),
            cancellationToken: Cancel);
        await failing.WaitAsync(Cancel);
        await Eventually.TrueAsync("the failed step has ended", () =>
            Task.FromResult(SpansOf(failing.Id, "orleans.workflows.step").Count == 1));

        var start = SpansOf(family.Id, "orleans.workflows.start").ShouldHaveSingleItem();
        OfChildren().ShouldAllBe(step => step.Links.Single().Context.SpanId == start.SpanId);
        SpansOf(failing.Id, "orleans.workflows.step")[0].ShouldSatisfyAllConditions(
            step => step.Status.ShouldBe(ActivityStatusCode.Error),
            step => step.StatusDescription.ShouldBe("unknown probe unknown"),
            step => step.GetTagItem("orleans.workflows.outcome").ShouldBe("failed"));

        List<Activity> OfChildren() =>
            [
                .. _spans.Where(span =>
                    $"{span.GetTagItem("orleans.workflows.process.id")}".StartsWith(
                        $"{family.Id}/",
                        StringComparison.Ordinal)),
            ];
    }

    private int Count(string instrument) =>
        _measured.Count(line => line == instrument || line.StartsWith($"{instrument}:", StringComparison.Ordinal));

    private List<Activity> SpansOf(ProcessId id, string? name = null) =>
        [
            .. _spans
                .Where(span =>
                    Equals(span.GetTagItem("orleans.workflows.process.id"), id.Value)
                    && (name is null || span.OperationName == name))
                .OrderBy(static span => span.StartTimeUtc),
        ];

    private MeterListener Listen()
    {
        // Other tests have meters of the same name at the same time.
        var meters = _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Name == Name && instrument.Meter.Scope == meters)
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>(
            (instrument, measured, tags, _) => _measured.Enqueue($"{instrument.Name}{Text(tags)}: {measured}"));
        listener.SetMeasurementEventCallback<long>(
            (instrument, measured, tags, _) => _measured.Enqueue($"{instrument.Name}{Text(tags)}: {measured}"));
        listener.SetMeasurementEventCallback<double>(
            (instrument, measured, tags, _) =>
            {
                measured.ShouldBeGreaterThanOrEqualTo(0);
                _measured.Enqueue(
                    instrument is ObservableInstrument<double>
                        ? $"{instrument.Name}{Text(tags)}: {measured}"
                        : $"{instrument.Name}{Text(tags)}");
            });
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = "";
        foreach (var tag in tags)
        {
            text += $" {tag.Key}={tag.Value}";
        }

        return text;
    }
}

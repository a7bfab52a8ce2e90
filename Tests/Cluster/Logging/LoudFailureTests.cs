using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Logging;

/// <summary>
/// What goes wrong with a process is one line each, with its values; and who waits for its end is told of an incident.
/// </summary>
public sealed class LoudFailureTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly KeptLines _lines = new();
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(
        add: static workflows => workflows.AddProcess<Delivery>(),
        services: services => services.AddSingleton<ILoggerProvider>(_lines));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Attempts_ThatFail_AreAWarningEachWithTheExceptionAndTheEndIsAnError()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Probe,
            new ProbeInput("flaky", Attempts: 9),
            cancellationToken: Cancel);
        await handle.WaitAsync(Cancel);

        var lines = await LinesAsync(handle, 4);
        lines
            .Select(static line => (line.Event, line.Level))
            .ShouldBe([
                (400010, LogLevel.Warning),
                (400010, LogLevel.Warning),
                (400011, LogLevel.Warning),
                (400013, LogLevel.Error),
            ]);
        lines
            .Select(static line => line.Exception?.Message)
            .ShouldBe(["attempt 1 fails", "attempt 2 fails", "attempt 3 fails", null]);
        lines.ShouldAllBe(static line => $"{line.Values["Type"]} {line.Values["Step"]}" == "test/probe Flaky");
        lines[0].Exception!.StackTrace.ShouldNotBeNull().ShouldContain("Probe.Flaky");
        lines[3]
            .Text.ShouldEndWith(
                "is Excepted at the step 'Flaky' after 3 attempts: System.InvalidOperationException: attempt 3 fails");
    }

    [Fact]
    public async Task ATimeout_IsAFailedAttempt()
    {
        var handle = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("slow"), cancellationToken: Cancel);
        await handle.WaitAsync(Cancel);

        (await LinesAsync(handle, 1)).ShouldHaveSingleItem().Exception.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task AnIncident_IsAnErrorAndTheStackIsInIt()
    {
        var handle = await StartDeliveryAsync();
        var incident = await IncidentAsync(handle);

        // The step's own database is none of the silo's: what it throws is no outage.
        var lines = await LinesAsync(handle, 2);
        lines.Select(static line => line.Event).ShouldBe([400011, 400012]);
        lines[0].Exception!.Message.ShouldBe("The database of the orders is away.");
        lines[1].ShouldSatisfyAllConditions(
            line => line.Level.ShouldBe(LogLevel.Error),
            line => line.Values["Code"].ShouldBe(IncidentCode.StepFailed),
            line => line.Text.ShouldContain(incident.Text),
            line => line.Text.ShouldEndWith(incident.Remedy));
        incident.Failure!.Message.ShouldBe("The database of the orders is away.");
        incident.Failure.StackTrace.ShouldNotBeNull().ShouldContain("Delivery.RunAsync");
    }

    /// <summary>What others have said acts on no terminal, and is one line.</summary>
    [Fact]
    public async Task TextsOfOthers_HaveTheirControlCharactersShown()
    {
        const string red = "\u001b[31m\n\u202e";
        const string seen = @"\u001B[31m\n\u202E";
        var excepted = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput(red), cancellationToken: Cancel);
        var stopped = await _cluster.Client.StartAsync(
            new ProcessType<HelloInput, HelloOutput>("test/delivery"),
            new HelloInput(red),
            cancellationToken: Cancel);
        await excepted.WaitAsync(Cancel);
        await IncidentAsync(stopped);

        var (end, incident) = ((await LinesAsync(excepted, 2))[^1], (await LinesAsync(stopped, 2))[^1]);

        (end.Event, incident.Event).ShouldBe((400013, 400012));
        end.Text.ShouldEndWith($"unknown probe {seen}");
        incident.Text.ShouldContain($"The database of {seen} is away.");
    }

    [Fact]
    public async Task ACrash_ThatIsTakenOver_IsAWarningThatNamesTheHost()
    {
        var handle = await _cluster.Client.StartAsync(Types.Probe, new ProbeInput("gate"), cancellationToken: Cancel);
        await _cluster.Recorder.EnteredAsync(handle.Id);
        var owner = (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row.Owner;

        await _cluster.Whole.RestartSiloAsync(cancellationToken: Cancel);
        _cluster.Recorder.Open(handle.Id);
        await _cluster.Client.GetHandle(handle.Id).WaitAsync(Cancel).WaitAsync(Limit, TimeProvider.System, Cancel);

        var line = (await LinesAsync(handle, 1)).ShouldHaveSingleItem();
        (line.Event, line.Level).ShouldBe((400014, LogLevel.Warning));
        (line.Values["Owner"], line.Values["Step"], line.Values["Crashes"], line.Values["Attempt"]).ShouldBe(
            (owner, "Gate", 1, 2));
    }

    [Fact]
    public async Task AWait_ThatMeetsAnIncident_TellsItOnceAndGoesOn()
    {
        var handle = await StartDeliveryAsync();
        var told = new List<Incident>();

        var waiting = handle.WaitAsync(told.Add, Cancel);
        await Eventually.TrueAsync("it is told", () => Task.FromResult(told.Count > 0));
        var late = new TaskCompletionSource<Incident>();
        var second = handle.WaitAsync(incident => late.TrySetResult(incident), Cancel);
        (await late.Task.WaitAsync(Limit, TimeProvider.System, Cancel)).ShouldBe(
            told[0],
            "who begins late is told as well");
        waiting.IsCompleted.ShouldBeFalse();

        await handle.RetryAsync(Cancel);
        await Eventually.TrueAsync("the next one is told too", () => Task.FromResult(told.Count > 1));
        told[1].OpenedAt.ShouldBeGreaterThan(told[0].OpenedAt);

        _cluster.Recorder.Open(handle.Id);
        await handle.RetryAsync(Cancel);
        (await waiting.WaitAsync(Limit, TimeProvider.System, Cancel)).IsSuccess.ShouldBeTrue();
        told.Count.ShouldBe(2);
        await Should.NotThrowAsync(() => second.WaitAsync(Limit, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task ExecuteAndOnFinish_ThatMeetAnIncident_TellItOnceAndGoOn()
    {
        var id = ProcessId.New();
        List<Incident> told = [], toldToo = [];
        var ended = new TaskCompletionSource<ProcessOutcome>();

        var running = ExecuteAsync(id, told.Add);
        await Eventually.TrueAsync("it is told", () => Task.FromResult(told.Count > 0));
        await using var callback = _cluster.Client.GetHandle(id).OnFinish(
            outcome => Task.FromResult(ended.TrySetResult(outcome)),
            toldToo.Add);
        await Eventually.TrueAsync("who begins late is told too", () => Task.FromResult(toldToo.Count > 0));
        (running.IsCompleted, ended.Task.IsCompleted).ShouldBe((false, false));
        _cluster.Recorder.Open(id);
        await _cluster.Client.GetHandle(id).RetryAsync(Cancel);

        (await running.WaitAsync(Limit, TimeProvider.System, Cancel)).Text.ShouldBe("Ada");
        await callback.Completion.WaitAsync(Limit, TimeProvider.System, Cancel);
        (await ended.Task).IsSuccess.ShouldBeTrue();
        toldToo.ShouldHaveSingleItem().ShouldBe(told.ShouldHaveSingleItem());
    }

    [Theory]
    [InlineData("GetResultAsync")]
    [InlineData("ExecuteAsync")]
    [InlineData("OnFinish")]
    public async Task AWait_WhoseHandlerThrows_EndsWithThat(string wait)
    {
        var handle = await StartDeliveryAsync();
        Action<Incident> refuse = static incident => throw new InvalidOperationException(incident.Text);

        var waiting = wait switch
        {
            "GetResultAsync" => handle.GetResultAsync(refuse, Cancel),
            "ExecuteAsync" => ExecuteAsync(handle.Id, refuse),
            _ => handle.OnFinish(static _ => throw new NotSupportedException("It has not ended."), refuse).Completion,
        };

        var thrown = await Should.ThrowAsync<InvalidOperationException>(
            waiting.WaitAsync(Limit, TimeProvider.System, Cancel));
        thrown.Message.ShouldBe("The step 'RunAsync' failed: The database of the orders is away.");
    }

    [Fact]
    public async Task AWait_WithoutAHandler_LogsTheIncident()
    {
        var id = ProcessId.New();
        var log = new KeptLines();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<IGrainFactory>(_cluster.Cluster.Client)
            .AddWorkflowClient()
            .BuildServiceProvider();

        var running = services
            .GetRequiredService<IProcessClient>()
            .ExecuteAsync(
                new ProcessType<HelloInput, HelloOutput>("test/delivery"),
                new HelloInput("Ada"),
                new StartOptions { Id = id },
                Cancel);

        await Eventually.TrueAsync("it is logged", () => Task.FromResult(log.Of(id).Count > 0));
        running.IsCompleted.ShouldBeFalse();
        _cluster.Recorder.Open(id);
        await _cluster.Client.GetHandle(id).RetryAsync(Cancel);
        (await running.WaitAsync(Limit, TimeProvider.System, Cancel)).Text.ShouldBe("Ada");
        var line = log.Of(id).ShouldHaveSingleItem();
        (line.Event, line.Level).ShouldBe((400054, LogLevel.Warning));
        line.Text.ShouldContain("The database of the orders is away.");
    }

    private Task<HelloOutput> ExecuteAsync(ProcessId id, Action<Incident> onIncident) =>
        _cluster.Client.ExecuteAsync(
            new ProcessType<HelloInput, HelloOutput>("test/delivery"),
            new HelloInput("Ada"),
            onIncident,
            new StartOptions { Id = id, IfExists = IfExists.UseExisting },
            Cancel);

    private Task<ProcessHandle<HelloOutput>> StartDeliveryAsync() =>
        _cluster.Client.StartAsync(
            new ProcessType<HelloInput, HelloOutput>("test/delivery"),
            new HelloInput("Ada"),
            cancellationToken: Cancel);

    private static async Task<Incident> IncidentAsync(ProcessHandle handle)
    {
        await Eventually.TrueAsync("an incident", async () =>
            (await handle.GetStatusAsync(Cancel)).Incident is not null);
        return (await handle.GetStatusAsync(Cancel)).Incident!;
    }

    /// <summary>The lines follow the commit, and so may come a moment behind who has seen it.</summary>
    private async Task<IReadOnlyList<KeptLine>> LinesAsync(ProcessHandle handle, int count)
    {
        await Eventually.TrueAsync($"{count} lines", () => Task.FromResult(Lines().Count >= count));
        return Lines();

        List<KeptLine> Lines() =>
            [.. _lines.Of(handle.Id).Where(static line => line.Category == "Orleans.Workflows.Processes")];
    }
}

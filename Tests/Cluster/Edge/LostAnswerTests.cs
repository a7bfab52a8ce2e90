using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>
/// Calls whose answers are lost: the exception tells the id that the client made, and with it the same call can be made
/// again.
/// </summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly LostAnswers _answers = new();
    private TestCluster _cluster = null!;
    private ServiceProvider _services = null!;

    public static TheoryData<MessageKind> Controls =>
        [
            MessageKind.Pause,
            MessageKind.Play,
            MessageKind.Kill,
            MessageKind.ForceKill,
            MessageKind.Continue,
            MessageKind.Retry,
            MessageKind.Skip,
            MessageKind.Edit,
            MessageKind.EditInput,
            MessageKind.Drop,
        ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessClient Client => _cluster.Client;

    /// <summary>For calls that nobody answers; the others have the time of a slow machine.</summary>
    private IProcessClient Impatient => _services.GetRequiredService<IProcessClient>();

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(services: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(_answers));
        _services = new ServiceCollection()
            .AddSingleton<IGrainFactory>(_cluster.Cluster.Client)
            .AddWorkflowClient(static client => client.OperationTimeout = TimeSpan.FromSeconds(2))
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task StartWithoutAnId_Unanswered_TellsTheIdAndMakesOneProcess()
    {
        _answers.Lose();
        var error = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            Impatient.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel));
        await ArrivedAsync(error.ProcessId?.Value);

        var id = error.ProcessId.ShouldNotBeNull();
        error.MessageId.ShouldBeNull();
        error.Message.ShouldContain($"'{id}'");
        error.Message.ShouldContain("IfExists.UseExisting");
        var again = await Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Id = id, IfExists = IfExists.UseExisting },
            Cancel);
        again.WasCreated.ShouldBeFalse("the first call has stored it");
        (await Client.ListAsync(cancellationToken: Cancel).ToListAsync(Cancel)).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task StartWithoutAnId_EveryAttempt_HasTheSameId()
    {
        _answers.Lose(count: 3);

        var handle = await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);

        handle.WasCreated.ShouldBeTrue();
        _answers.Seen.ShouldBe([handle.Id.Value, handle.Id.Value, handle.Id.Value]);
    }

    [Fact]
    public async Task Start_WhoseSiloDoesNotReachTheClient_IsAnsweredByWayOfTheGateway()
    {
        _answers.OnlyToClients = true;
        _answers.Lose();

        var handle = await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);

        handle.WasCreated.ShouldBeTrue();
        // The second call went by the gateway's grain.
        _answers.Seen.ShouldBe([handle.Id.Value]);
    }

    [Fact]
    public async Task StartWithoutAnId_Cancelled_TellsTheId()
    {
        using var cancelled = new CancellationTokenSource();
        _answers.Lose(before: cancelled.CancelAsync);

        var start = Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: cancelled.Token);

        var error = await Assert.ThrowsAsync<CallCanceledException>(() => start);
        start.IsCanceled.ShouldBeTrue();
        error.CancellationToken.ShouldBe(cancelled.Token);
        error.Message.ShouldContain("IfExists.UseExisting");
        (await _cluster.Store.LoadAsync(error.ProcessId, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Execution_CancelledWhileItWaits_TellsWhichProcessGoesOn()
    {
        using var cancelled = new CancellationTokenSource();
        var execution = Client.ExecuteAsync(Types.Wait, new WaitInput(), cancellationToken: cancelled.Token);
        await Eventually.TrueAsync("it waits", async () =>
            (await Client.ListAsync(cancellationToken: Cancel).ToListAsync(Cancel))
                is [{ State: ProcessState.Waiting }]);

        await cancelled.CancelAsync();

        var error = await Assert.ThrowsAsync<CallCanceledException>(() => execution);
        (await Client.GetHandle(error.ProcessId).GetStatusAsync(Cancel)).Summary.State.ShouldBe(ProcessState.Waiting);
    }

    [Fact]
    public async Task SignalWithoutAnId_Unanswered_TellsTheIdAndIsDeliveredOnce()
    {
        var handle = await Client.StartAsync(Types.Collect, new HelloInput("x"), cancellationToken: Cancel);
        _answers.Lose();
        var error = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            Impatient.GetHandle(handle.Id).SignalAsync("later", 1, cancellationToken: Cancel));
        await ArrivedAsync(error.MessageId);

        error.ProcessId.ShouldBe(handle.Id);
        error.Message.ShouldContain($"the signal's id '{error.MessageId}'");
        (await handle.SignalAsync("later", 1, error.MessageId, Cancel)).WasStored.ShouldBeFalse(
            "the first call has stored it");
        await Eventually.TrueAsync("it is kept", async () =>
            await CountAsync(handle.Id, HistoryKind.MessageKept) > 0);
        (await handle.SignalAsync("later", 1, error.MessageId, Cancel)).WasStored.ShouldBeFalse();
        (await CountAsync(handle.Id, HistoryKind.MessageKept)).ShouldBe(1);
    }

    [Fact]
    public async Task SignalWithoutAnId_Cancelled_TellsTheId()
    {
        using var cancelled = new CancellationTokenSource();
        var handle = await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        _answers.Lose(before: cancelled.CancelAsync);

        var error = await Assert.ThrowsAsync<CallCanceledException>(() =>
            handle.SignalAsync("other", 1, cancellationToken: cancelled.Token));
        _answers.Lose(0);

        error.ProcessId.ShouldBe(handle.Id);
        (await handle.SignalAsync("other", 1, error.MessageId, Cancel)).WasStored.ShouldBeFalse(
            "the first call has stored it");
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Control_Unanswered_TellsTheIdAndHasItsEffectOnce(MessageKind kind)
    {
        var handle = await ReadyForAsync(kind);
        _answers.Lose();
        var error = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            SendAsync(Impatient.GetHandle(handle.Id), kind));
        await ArrivedAsync(error.MessageId);

        error.ProcessId.ShouldBe(handle.Id);
        error.Message.ShouldContain($"WithControlId and '{error.MessageId}'");
        await SendAsync(handle.WithControlId(error.MessageId!), kind);
        await Eventually.TrueAsync("it had its effect", async () =>
            (
                await _cluster
                    .Cluster.Client.GetGrain<IProcessGatewayGrain>(0)
                    .GetEffectAsync(handle.Id, kind, error.MessageId!, Cancel)
            ).Effect == MessageEffect.Applied);
        (await SendAsync(handle.WithControlId(error.MessageId!), kind)).ShouldBeOneOf(
            ControlStatus.Accepted,
            ControlStatus.AlreadySo,
            ControlStatus.RefusedTerminal);
        (await CountAsync(handle.Id, EffectOf(kind))).ShouldBe(1);
    }

    [Fact]
    public async Task Control_WhoseAnswerIsLostUntilItHadItsEffect_IsAccepted()
    {
        var handle = await Client.CreateAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        _answers.Lose(count: 1, before: () =>
            Eventually.TrueAsync("it waits", async () =>
                (await _cluster.Store.LoadAsync(handle.Id, Cancel))!.Row.State == ProcessState.Waiting));

        var answer = await handle.ContinueAsync(Cancel);

        answer.Status.ShouldBe(ControlStatus.Accepted, "the first call was, and the second is the same");
        (await CountAsync(handle.Id, HistoryKind.Continued)).ShouldBe(1);
    }

    private async Task<int> CountAsync(ProcessId id, HistoryKind kind) =>
        (await _cluster.Store.ReadHistoryAsync(id, 0, 100, Cancel))
            .SelectMany(static entry => entry.Events)
            .Count(e => e.Kind == kind);

    /// <summary>
    /// A call that nobody answered was carried out, and every attempt of it had the id that the exception tells. From
    /// now on answers arrive.
    /// </summary>
    private async Task ArrivedAsync(string? id)
    {
        await Eventually.TrueAsync("a call has arrived", () => Task.FromResult(!_answers.Seen.IsEmpty));
        _answers.Seen.Distinct().ShouldBe([id.ShouldNotBeNull()]);
        _answers.Lose(0);
    }

    private static HistoryKind EffectOf(MessageKind kind) => kind switch
    {
        MessageKind.Pause => HistoryKind.Paused,
        MessageKind.Play => HistoryKind.Played,
        MessageKind.Continue => HistoryKind.Continued,
        MessageKind.Retry => HistoryKind.IncidentResolved,
        MessageKind.Skip => HistoryKind.StepSkipped,
        MessageKind.Edit => HistoryKind.ContextEdited,
        MessageKind.EditInput => HistoryKind.InputEdited,
        MessageKind.Drop => HistoryKind.SignalDropped,
        _ => HistoryKind.Killed,
    };

    private static async Task<ControlStatus> SendAsync(ProcessHandle handle, MessageKind kind) => kind switch
    {
        MessageKind.Pause => (await handle.PauseAsync(cancellationToken: Cancel)).Status,
        MessageKind.Play => (await handle.PlayAsync(cancellationToken: Cancel)).Status,
        MessageKind.Continue => (await handle.ContinueAsync(Cancel)).Status,
        MessageKind.Retry => (await handle.RetryAsync(Cancel)).Status,
        MessageKind.Skip => (await handle.SkipAsync("Gate", Cancel)).Status,
        MessageKind.Edit => (await handle.EditContextAsync("""{"rounds":5}""", cancellationToken: Cancel)).Status,
        MessageKind.EditInput => (await handle.EditInputAsync("""{"name":"y"}""", cancellationToken: Cancel)).Status,
        MessageKind.Drop => (await handle.DropSignalAsync("kept", cancellationToken: Cancel)).Status,
        _ => (await handle.KillAsync(force: kind == MessageKind.ForceKill, cancellationToken: Cancel)).Status,
    };

    /// <summary>A process that the control makes sense for.</summary>
    private async Task<ProcessHandle> ReadyForAsync(MessageKind kind)
    {
        switch (kind)
        {
            case MessageKind.Continue:
                return await Client.CreateAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
            case MessageKind.Edit or MessageKind.EditInput:
                return await Client.StartAsync(
                    Types.Outline,
                    new HelloInput("x"),
                    new StartOptions { Paused = true },
                    Cancel);
            case MessageKind.Drop:
                var waits = await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
                await waits.SignalAsync("other", "x", "kept", Cancel);
                return waits;
            case MessageKind.Play:
                return await Client.StartAsync(Types.Wait, new WaitInput(), new StartOptions { Paused = true }, Cancel);
            case MessageKind.Retry or MessageKind.Skip:
                var deaf = await Client.StartAsync(Types.Probe, new ProbeInput("deaf"), cancellationToken: Cancel);
                await Eventually.TrueAsync("an incident", async () =>
                    (await deaf.GetStatusAsync(Cancel)).Incident is not null);
                return deaf;
            default:
                return await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        }
    }
}

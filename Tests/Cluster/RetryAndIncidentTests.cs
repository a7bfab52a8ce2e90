using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

public sealed class RetryAndIncidentTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FlakyStep_WithinItsAttempts_Succeeds()
    {
        var handle = await shared.Client.StartAsync(
            Types.Probe,
            new ProbeInput("flaky", Attempts: 3),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(3);
        (await KindsAsync(handle)).Count(kind => kind == HistoryKind.StepFailed).ShouldBe(2);
    }

    [Fact]
    public async Task FlakyStep_BeyondItsAttempts_EndsTheProcessWithTheError()
    {
        var handle = await shared.Client.StartAsync(
            Types.Probe,
            new ProbeInput("flaky", Attempts: 9),
            cancellationToken: Cancel);

        var outcome = await handle.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.ExitCode.ShouldBe(EngineExitCodes.Excepted);
        outcome.Failure!.IsCausedBy<InvalidOperationException>().ShouldBeTrue();
        outcome.Message.ShouldBe("attempt 3 fails");
    }

    /// <summary>
    /// Of what the step's own code throws no type is the engine's: each is retried, and ends the same.
    /// </summary>
    [Theory]
    [InlineData("own token", typeof(OperationCanceledException))]
    [InlineData("canceled task", typeof(TaskCanceledException))]
    [InlineData("payload", typeof(PayloadException))]
    [InlineData("port", typeof(PortValidationException))]
    [InlineData("time-out", typeof(TimeoutException))]
    [InlineData("no answer", typeof(WorkflowUnavailableException))]
    public async Task FlakyStep_WhateverItThrows_IsTriedAgain(string throws, Type error)
    {
        var mended = await shared.Client.StartAsync(
            Types.Probe,
            new ProbeInput("flaky", Attempts: 3, Throws: throws),
            cancellationToken: Cancel);
        var failing = await shared.Client.StartAsync(
            Types.Probe,
            new ProbeInput("flaky", Attempts: 9, Throws: throws),
            cancellationToken: Cancel);

        (await mended.GetResultAsync(Cancel)).Attempt.ShouldBe(3);
        var outcome = await failing.WaitAsync(Cancel);
        (outcome.State, outcome.Message).ShouldBe((ProcessState.Excepted, "attempt 3 fails"));
        outcome.Failure!.Type.ShouldEndWith(error.Name);
        (await KindsAsync(failing)).Count(static kind => kind == HistoryKind.RetryScheduled).ShouldBe(2);
    }

    [Fact]
    public async Task SlowStep_TimesOut_IsTriedAgain()
    {
        var handle = await shared.Client.StartAsync(Types.Probe, new ProbeInput("slow"), cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task DeafStep_IgnoresItsTimeout_IsAnIncidentThatPlayResolves()
    {
        var handle = await shared.Client.StartAsync(Types.Probe, new ProbeInput("deaf"), cancellationToken: Cancel);

        await Eventually.TrueAsync("an incident", async () =>
            (await handle.GetStatusAsync(Cancel)).Incident is not null);
        var status = await handle.GetStatusAsync(Cancel);
        shared.Recorder.Open(handle.Id);
        await handle.PlayAsync(cancellationToken: Cancel);

        status.Incident!.Code.ShouldBe(IncidentCode.StepIgnoredCancellation);
        status.Summary.Paused.ShouldBeTrue();
        status.WaitingFor.ShouldStartWith("An operator");
        (await handle.GetResultAsync(Cancel)).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task Children_InParallelAndNested_AreSummed()
    {
        var handle = await shared.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 5, Depth: 2),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Sum.ShouldBe(31);
        var tree = await shared.Client.ListAsync(new ProcessQuery { Root = handle.Id }, Cancel).ToListAsync(Cancel);
        tree.Count.ShouldBe(31);
        tree.ShouldAllBe(process => process.State == ProcessState.Finished);
    }

    [Fact]
    public async Task Children_OneFails_IsDataForTheParent()
    {
        var handle = await shared.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 3, FailIndex: 1),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Failed.ShouldBe(1);
    }

    [Fact]
    public async Task Children_MoreThanASlice_AreAllAwaited()
    {
        var handle = await shared.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 350),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Sum.ShouldBe(351);
        (await KindsAsync(handle)).Count(kind => kind == HistoryKind.ChildrenStarted).ShouldBe(4);
    }

    [Fact]
    public async Task F11_Children_TakenId_IsATypedFailureOfTheStep()
    {
        var name = $"taken-{Guid.CreateVersion7():N}-";
        await shared.Client.StartAsync(
            Types.Hello,
            new HelloInput("squatter"),
            new StartOptions { Id = ProcessId.Parse(name + "1") },
            Cancel);

        var handle = await shared.Client.StartAsync(
            Types.Family,
            new FamilyInput(Children: 3, ChildId: name),
            cancellationToken: Cancel);

        var outcome = await handle.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<ProcessAlreadyExistsException>().ShouldBeTrue();
        outcome.Message!.ShouldContain(name + "1");
        (await shared.Store.LoadAsync(ProcessId.Parse(name + "0"), Cancel)).ShouldBeNull();
    }

    private static async Task<List<HistoryKind>> KindsAsync(ProcessHandle handle) =>
        await handle
            .GetHistoryAsync(cancellationToken: Cancel)
            .SelectMany(entry => entry.Events)
            .Select(happened => happened.Kind)
            .ToListAsync(Cancel);
}

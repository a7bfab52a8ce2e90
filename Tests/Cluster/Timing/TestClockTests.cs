using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Timing;

/// <summary>
/// Steps that wait for time on a clock that stands still, and waits for a state: nobody waits in silence.
/// </summary>
public sealed class TestClockTests : IAsyncLifetime
{
    /// <summary>Below the 30 seconds of silence that there were.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private readonly Gate _gate = new();
    private CancellationTokenSource _limit = new();
    private WorkflowTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await new WorkflowTestClusterBuilder()
            .AddProcess<Dozer>()
            .AddService(_gate)
            .WithStepPatience(TimeSpan.FromSeconds(1))
            .StartAsync(TestContext.Current.CancellationToken);
        _limit = new CancellationTokenSource(Limit, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Opened.TrySetResult();
        _limit.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task RunToEnd_WithAStepThatAwaitsTheClock_MovesIt()
    {
        var began = _cluster.Time.Now;
        var handle = await StartAsync("clock");

        var outcome = await _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token);

        outcome.IsSuccess.ShouldBeTrue(outcome.Message);
        (await handle.GetResultAsync(_limit.Token)).Woke.ShouldBe(began + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Settle_WithAStepThatAwaitsTheClock_Rests()
    {
        var handle = await StartAsync("clock");

        await _cluster.SettleAsync(_limit.Token);

        (await handle.GetStatusAsync(_limit.Token)).Summary.State.ShouldBe(ProcessState.Running);
        _cluster.Time.Advance(TimeSpan.FromMinutes(5));
        (await handle.WaitAsync(_limit.Token)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task RunToEnd_WithAStepThatAwaitsItsOwnTimeout_SaysWhatToDo_AndThatBringsIt()
    {
        var handle = await StartAsync("timeout");

        var e = await Should.ThrowAsync<WorkflowTestException>(
            _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token));
        _cluster.Time.Advance(TimeSpan.FromMinutes(10));
        var outcome = await _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token);

        e.Message.ShouldContain("If it waits for its own time-out, move the clock with Time.Advance(…)");
        outcome.Failure.ShouldNotBeNull().Type.ShouldBe(typeof(TimeoutException).FullName);
    }

    [Fact]
    public async Task RunToEnd_WithAStepWhoseTimeoutIsOverInReality_ComesToIt()
    {
        var outcome = await _cluster.RunToEndAsync(await StartAsync("short"), cancellationToken: _limit.Token);

        outcome.Failure.ShouldNotBeNull().Type.ShouldBe(typeof(TimeoutException).FullName);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("compute")]
    public async Task RunToEnd_WithAStepThatWorks_LetsItWork(string kind)
    {
        var began = _cluster.Time.Now;

        var outcome = await _cluster.RunToEndAsync(await StartAsync(kind), cancellationToken: _limit.Token);

        outcome.IsSuccess.ShouldBeTrue(outcome.Message);
        _cluster.Time.Now.ShouldBe(began, "its time-out has not come");
    }

    [Fact]
    public async Task Settle_WithAStepThatComputes_WaitsForIt()
    {
        var handle = await StartAsync("compute");

        await _cluster.SettleAsync(_limit.Token);

        (await handle.GetStatusAsync(_limit.Token)).Summary.State.ShouldBe(ProcessState.Finished);
    }

    [Fact]
    public async Task Settle_WithAStepThatAwaitsSomethingElse_SaysWhatToDo()
    {
        var handle = await StartAsync("gate");

        var e = await Should.ThrowAsync<WorkflowTestException>(_cluster.SettleAsync(_limit.Token));

        e.Message.ShouldContain($"{handle.Id}: its step runs and awaits no time by step.TimeProvider.");
        e.Message.ShouldContain("Time.Advance(…)");
    }

    [Fact]
    public async Task Settle_WithAStepThatAwaitsItsOwnTimeout_SaysWhatToDo_AndThatBringsIt()
    {
        var handle = await StartAsync("timeout");

        var e = await Should.ThrowAsync<WorkflowTestException>(_cluster.SettleAsync(_limit.Token));
        _cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await _cluster.SettleAsync(_limit.Token);

        e.Message.ShouldContain($"{handle.Id}: its step runs and awaits no time by step.TimeProvider.");
        e.Message.ShouldContain("If it waits for its own time-out, move the clock with Time.Advance(…)");
        (await handle.WaitAsync(_limit.Token)).Failure.ShouldNotBeNull().Type.ShouldBe(
            typeof(TimeoutException).FullName);
    }

    [Theory]
    [InlineData("clock", ProcessState.Running)]
    [InlineData("signal", ProcessState.Waiting)]
    public async Task Settle_BesideAProcessOfAnotherTestThatRests_Rests(string other, ProcessState rests)
    {
        var beside = await StartAsync(other);
        var handle = await StartAsync("nothing");

        await _cluster.SettleAsync(_limit.Token);

        (await handle.GetStatusAsync(_limit.Token)).Summary.State.ShouldBe(ProcessState.Finished);
        (await beside.GetStatusAsync(_limit.Token)).Summary.State.ShouldBe(rests);
    }

    /// <summary>All have to rest: the one that does not is named, though it be another test's.</summary>
    [Theory]
    [InlineData("gate")]
    [InlineData("timeout")]
    public async Task Settle_BesideAStepOfAnotherTestThatDoesNotRest_NamesIt(string other)
    {
        var beside = await StartAsync(other);
        var handle = await StartAsync("nothing");

        var e = await Should.ThrowAsync<WorkflowTestException>(_cluster.SettleAsync(_limit.Token));

        e.Message.ShouldContain($"{beside.Id}: its step runs and awaits no time by step.TimeProvider.");
        e.Message.ShouldContain("Time.Advance(…)");
        e.Message.ShouldNotContain($"{handle.Id}");
    }

    [Fact]
    public async Task RunToEnd_WithItsOwnTimeoutBesideAStepOfAnotherTest_SaysWhatToDo()
    {
        await StartAsync("gate");
        await _gate.Reached.Task.WaitAsync(_limit.Token);
        var handle = await StartAsync("timeout");

        var e = await Should.ThrowAsync<WorkflowTestException>(
            _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token));

        e.Message.ShouldContain($"{handle.Id}: its step runs and awaits no time by step.TimeProvider.");
        e.Message.ShouldContain("If it waits for its own time-out, move the clock with Time.Advance(…)");
    }

    [Fact]
    public async Task RunToEnd_BesideAStepOfAnotherTest_ComesToTheEnd()
    {
        await StartAsync("gate");
        await _gate.Reached.Task.WaitAsync(_limit.Token);
        var began = _cluster.Time.Now;
        var handle = await StartAsync("clock");

        var outcome = await _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token);

        outcome.IsSuccess.ShouldBeTrue(outcome.Message);
        _cluster.Time.Now.ShouldBe(began + TimeSpan.FromMinutes(5), "the other's time-out has not come");
    }

    [Fact]
    public async Task Until_WhatIsThere_GivesTheStatus()
    {
        var handle = await StartAsync("signal");

        var status = await handle.UntilAsync(static status => status.AwaitedSignal == "go", _limit.Token);

        status.Summary.State.ShouldBe(ProcessState.Waiting);
    }

    [Fact]
    public async Task Until_WhatCannotComeAnyMore_SaysSo()
    {
        var handle = await StartAsync("nothing");

        var e = await Should.ThrowAsync<InvalidProcessStateException>(
            handle.UntilAsync(static status => status.AwaitedSignal == "go", _limit.Token));

        e.State.ShouldBe(ProcessState.Finished);
        e.Message.ShouldStartWith($"The process {handle.Id} is Finished, and what was waited for has not come");
    }

    [Fact]
    public async Task Pause_WithItsEffect_IsPausedWhenItReturns()
    {
        var handle = await StartAsync("gate");
        await _gate.Reached.Task.WaitAsync(_limit.Token);
        var pausing = handle.PauseAsync(waitForEffect: true, cancellationToken: _limit.Token);

        // The step runs until the gate opens, so it cannot be paused before.
        (await handle.GetStatusAsync(_limit.Token)).Summary.Paused.ShouldBeFalse();
        pausing.IsCompleted.ShouldBeFalse();
        _gate.Opened.TrySetResult();
        await pausing;

        (await handle.GetStatusAsync(_limit.Token)).Summary.Paused.ShouldBeTrue();
    }

    private Task<ProcessHandle<DozerOutput>> StartAsync(string until) =>
        _cluster.Client.StartAsync(Dozer.Type, new DozerInput(until), cancellationToken: _limit.Token);
}

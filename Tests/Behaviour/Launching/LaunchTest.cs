using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Launching;

/// <summary>Create, continue, execute.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class LaunchTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    private static readonly string[] OneRun = ["runs, attempt 1"];

    [Fact]
    public async Task Create_StoresAndRunsNothing()
    {
        var process = await CreateAsync("created");
        await Cluster.SettleAsync(process.Id);

        var status = await process.GetStatusAsync(Cancel);

        process.WasCreated.ShouldBeTrue();
        status.Summary.State.ShouldBe(ProcessState.Created);
        status.Summary.DueAt.ShouldBeNull();
        status.WaitingFor.ShouldContain("it was created and not started");
        Stage.NotesOf(process.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_WithADelay_IsRefused()
    {
        var options = new StartOptions { Id = NewId(), Delay = TimeSpan.FromHours(1) };

        await Should.ThrowAsync<ArgumentException>(() =>
            Client.CreateAsync(LaunchProcess.Type, new LaunchInput("x"), options, Cancel));

        await Should.ThrowAsync<ProcessNotFoundException>(() =>
            Client.GetHandle(options.Id!.Value).GetStatusAsync(Cancel));
    }

    [Fact]
    public async Task Create_IdOfAnother_GivesThatOneOrFails()
    {
        var first = await CreateAsync("first");
        var options = new StartOptions { Id = first.Id, IfExists = IfExists.UseExisting };

        var second = await Client.CreateAsync(LaunchProcess.Type, new LaunchInput("second"), options, Cancel);

        second.WasCreated.ShouldBeFalse();
        await Should.ThrowAsync<ProcessAlreadyExistsException>(() =>
            Client.CreateAsync(
                LaunchProcess.Type,
                new LaunchInput("third"),
                options with
                {
                    IfExists = IfExists.Fail,
                },
                Cancel));
        Stage.Reach(first.Id, "go");
        await second.ContinueAsync(Cancel);
        (await second.GetResultAsync(Cancel)).Text.ShouldBe("first");
    }

    [Fact]
    public async Task Continue_ManyTimes_StartsItOnce()
    {
        var process = await CreateAsync("once");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => process.ContinueAsync(Cancel)));
        await Stage.ReachedAsync(process.Id, "runs 1", Cancel);
        var whileItRuns = await process.ContinueAsync(Cancel);
        Stage.Reach(process.Id, "go");

        outcomes.ShouldAllBe(answer => answer.Outcome == null);
        outcomes.ShouldContain(answer => answer.Status == ControlStatus.Accepted);
        whileItRuns.ShouldBe(new ContinueResult(ControlStatus.AlreadySo, Outcome: null));
        (await process.GetResultAsync(Cancel)).Text.ShouldBe("once");
        Stage.NotesOf(process.Id).ShouldBe(OneRun);
    }

    [Fact]
    public async Task Continue_ProcessThatHasEnded_GivesItsStoredOutcome()
    {
        var process = await CreateAsync("");
        Stage.Reach(process.Id, "go");
        await process.ContinueAsync(Cancel);
        var ended = await process.WaitAsync(Cancel);

        var again = await process.ContinueAsync(Cancel);

        again.Status.ShouldBe(ControlStatus.RefusedTerminal);
        again.Outcome.ShouldNotBeNull().ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Finished),
            o => o.ExitCode.ShouldBe(100),
            o => o.Message.ShouldBe("asked to fail"),
            o => o.FinishedAt.ShouldBe(ended.FinishedAt));
        Stage.NotesOf(process.Id).ShouldBe(OneRun);
    }

    [Fact]
    public async Task Continue_MissingProcess_SaysSo() =>
        await Should.ThrowAsync<ProcessNotFoundException>(() => Client.GetHandle(NewId()).ContinueAsync(Cancel));

    [Fact]
    public async Task Continue_DelayedStart_StartsNow()
    {
        var options = new StartOptions { Id = NewId(), Delay = TimeSpan.FromHours(1) };
        var process = await Client.StartAsync(LaunchProcess.Type, new LaunchInput("now"), options, Cancel);
        Stage.Reach(process.Id, "go");
        (await process.GetStatusAsync(Cancel)).WaitingFor.ShouldContain("The time of its start");

        await process.ContinueAsync(Cancel);

        (await process.GetResultAsync(Cancel)).Text.ShouldBe("now");
    }

    [Fact]
    public async Task Continue_PausedProcess_StaysPausedUntilItIsPlayed()
    {
        var process = await CreateAsync("played", paused: true);
        Stage.Reach(process.Id, "go");
        await process.ContinueAsync(Cancel);
        await Cluster.SettleAsync(process.Id);
        var continued = await process.GetStatusAsync(Cancel);

        await process.PlayAsync(cancellationToken: Cancel);

        continued.Summary.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(ProcessState.Created),
            s => s.Paused.ShouldBeTrue());
        (await process.GetResultAsync(Cancel)).Text.ShouldBe("played");
    }

    [Fact]
    public async Task Play_ProcessThatWasOnlyCreated_DoesNotStartIt()
    {
        var process = await CreateAsync("continued", paused: true);

        await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        var status = await process.GetStatusAsync(Cancel);
        status.Summary.State.ShouldBe(ProcessState.Created);
        status.Summary.Paused.ShouldBeFalse();
        Stage.NotesOf(process.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Execute_WaitsForTheOutput()
    {
        var id = NewId();
        Stage.Reach(id, "go");

        var output = await Client.ExecuteAsync(
            LaunchProcess.Type,
            new LaunchInput("done"),
            new StartOptions { Id = id },
            Cancel);

        output.Text.ShouldBe("done");
    }

    [Fact]
    public async Task Execute_ProcessThatFails_ThrowsWithTheOutcome()
    {
        var id = NewId();
        Stage.Reach(id, "go");

        var failed = await Should.ThrowAsync<ProcessFailedException>(() =>
            Client.ExecuteAsync(LaunchProcess.Type, new LaunchInput(""), new StartOptions { Id = id }, Cancel));

        failed.Outcome!.ShouldSatisfyAllConditions(
            o => o!.Id.ShouldBe(id),
            o => o!.ExitCode.ShouldBe(100));
    }

    [Fact]
    public async Task N9_CallerWhoIsCancelled_HarmsNothingAndTheNextGetsTheSameOutput()
    {
        var options = new StartOptions { Id = NewId(), IfExists = IfExists.UseExisting };
        using var first = new CancellationTokenSource();
        var cancelled = Client.ExecuteAsync(LaunchProcess.Type, new LaunchInput("same"), options, first.Token);
        await Stage.ReachedAsync(options.Id!.Value, "runs 1", Cancel);
        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);

        var second = Client.ExecuteAsync(LaunchProcess.Type, new LaunchInput("other"), options, Cancel);
        Stage.Reach(options.Id.Value, "go");

        (await second).Text.ShouldBe("same");
        Stage.NotesOf(options.Id.Value).ShouldBe(OneRun);
    }

    private Task<ProcessHandle<LaunchOutput>> CreateAsync(string text, bool paused = false) =>
        Client.CreateAsync(
            LaunchProcess.Type,
            new LaunchInput(text),
            new StartOptions { Id = NewId(), Paused = paused },
            Cancel);
}

/// <summary>Launch verbs in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Memory);

/// <summary>Launch verbs on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Sqlite);

/// <summary>Launch verbs on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresLaunchTests(Stores stores) : LaunchTest(stores, StoreKind.Postgres);

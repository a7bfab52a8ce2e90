using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

public sealed class StartAndResultTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hello_FiveSteps_ReturnsOutputInSixCommits()
    {
        var handle = await shared.Client.StartAsync(Types.Hello, new HelloInput("World"), cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe("Hello World after 5 steps");
        (await handle.GetStatusAsync(Cancel)).Summary.Version.ShouldBe(6);
        (
            await handle.GetHistoryAsync(cancellationToken: Cancel).Select(entry => entry.Version).ToListAsync(Cancel)
        ).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Theory]
    [InlineData("Ada", 2, "short,round1,round2,even,last")]
    [InlineData("Grace", 0, "long,last")]
    [InlineData("early", 1, "early")]
    public async Task Outline_Branches_RunInOrder(string name, int rounds, string trace)
    {
        var handle = await shared.Client.StartAsync(
            Types.Outline,
            new HelloInput(name, rounds),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe(trace);
    }

    [Fact]
    public async Task Outline_ReturnWithExitCode_IsDataAndException()
    {
        var handle = await shared.Client.StartAsync(Types.Outline, new HelloInput(""), cancellationToken: Cancel);

        var outcome = await handle.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Finished);
        outcome.ExitCode.ShouldBe(404);
        outcome.Message.ShouldBe("nobody is there");
        (
            await Should.ThrowAsync<ProcessFailedException>(() => handle.GetResultAsync(Cancel))
        ).Outcome!.ExitCode.ShouldBe(404);
    }

    [Fact]
    public async Task Start_TakenId_FailsOrJoins()
    {
        var id = ProcessId.New();
        await shared.Client.StartAsync(Types.Wait, new WaitInput(), new StartOptions { Id = id }, Cancel);

        var taken = await Should.ThrowAsync<ProcessAlreadyExistsException>(() =>
            shared.Client.StartAsync(Types.Hello, new HelloInput("x"), new StartOptions { Id = id }, Cancel));
        var joined = await shared.Client.StartAsync(
            Types.Wait,
            new WaitInput(),
            new StartOptions { Id = id, IfExists = IfExists.UseExisting },
            Cancel);

        taken.ProcessId.ShouldBe(id);
        joined.WasCreated.ShouldBeFalse();
        joined.Id.ShouldBe(id);
    }

    [Fact]
    public async Task Start_FinishedIdUseExisting_GetsItsResult()
    {
        var options = new StartOptions { Id = ProcessId.New(), IfExists = IfExists.UseExisting };
        var first = await shared.Client.StartAsync(Types.Hello, new HelloInput("one"), options, Cancel);
        await first.WaitAsync(Cancel);

        var second = await shared.Client.StartAsync(Types.Hello, new HelloInput("two"), options, Cancel);

        first.WasCreated.ShouldBeTrue();
        second.WasCreated.ShouldBeFalse();
        (await second.GetResultAsync(Cancel)).Text.ShouldStartWith("Hello one");
    }

    [Fact]
    public async Task N21_Start_ConcurrentSameId_ExactlyOneIsCreated()
    {
        var options = new StartOptions { Id = ProcessId.New(), IfExists = IfExists.UseExisting };

        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => shared.Client.StartAsync(Types.Hello, new HelloInput("race"), options, Cancel)));

        handles.Count(handle => handle.WasCreated).ShouldBe(1);
    }

    [Fact]
    public async Task Start_InvalidInput_NamesEveryFaultAndStoresNothing()
    {
        var id = ProcessId.New();

        var fault = await Should.ThrowAsync<PortValidationException>(() =>
            shared.Client.StartJsonAsync(
                "test/hello",
                "{\"steps\":\"many\"}"u8.ToArray(),
                new StartOptions { Id = id },
                Cancel));

        fault.Faults.ShouldNotBeEmpty();
        await Should.ThrowAsync<ProcessNotFoundException>(() => shared.Client.GetHandle(id).GetStatusAsync(Cancel));
    }

    [Fact]
    public async Task Start_UnknownType_SaysWhichTypesThereAre()
    {
        var fault = await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
            shared.Client.StartJsonAsync("test/nothing", "{}"u8.ToArray(), cancellationToken: Cancel));

        fault.Message.ShouldContain("test/hello");
    }

    [Fact]
    public async Task Start_TooLargeInput_IsRefusedAtTheEdge() =>
        await Should.ThrowAsync<PayloadException>(() =>
            shared.Client.StartAsync(
                Types.Hello,
                new HelloInput(new string('x', WorkflowJson.MaxPayloadBytes)),
                cancellationToken: Cancel));

    [Fact]
    public async Task UnknownId_EveryOperation_IsATypedError()
    {
        var handle = shared.Client.GetHandle<HelloOutput>(ProcessId.New());

        await Should.ThrowAsync<ProcessNotFoundException>(() => handle.GetResultAsync(Cancel));
        await Should.ThrowAsync<ProcessNotFoundException>(() =>
            handle.SignalAsync("go", "x", cancellationToken: Cancel));
        await Should.ThrowAsync<ProcessNotFoundException>(() => handle.KillAsync(cancellationToken: Cancel));
        (await handle.GetHistoryAsync(cancellationToken: Cancel).CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task List_ByTagAndState_PagesWithoutActivating()
    {
        var tag = Guid.CreateVersion7().ToString();
        var tags = new Dictionary<string, string> { ["batch"] = tag };
        for (var i = 0; i < 7; i++)
        {
            await (
                await shared.Client.StartAsync(
                    Types.Hello,
                    new HelloInput($"n{i}"),
                    new StartOptions { Tags = tags },
                    Cancel)
            ).WaitAsync(Cancel);
        }

        var query = new ProcessQuery
        {
            Tags = tags,
            States = [ProcessState.Finished],
            PageSize = 3,
            Order = ProcessOrder.OldestFirst,
        };
        var page = await shared.Client.ListPageAsync(query, Cancel);
        var all = await shared.Client.ListAsync(query, Cancel).ToListAsync(Cancel);

        page.Items.Count.ShouldBe(3);
        all.Count.ShouldBe(7);
        all.Select(process => process.CreatedAt).ShouldBeInOrder();
    }

    [Fact]
    public async Task ListHistoryStatusAndOutcome_ActivateNoProcess()
    {
        var id = ProcessId.New();
        var handle = await shared.Client.StartAsync(
            Types.Hello,
            new HelloInput("quiet"),
            new StartOptions { Id = id },
            Cancel);
        await handle.WaitAsync(Cancel);
        var grain = shared.Whole.Cluster.Client.GetGrain<IProcessGrain>(id.Value).GetGrainId();
        await Eventually.TrueAsync("it has left memory", () =>
            Task.FromResult(!shared.Whole.Cluster.TryGetGrainContext(grain, out _)));

        await shared.Client.ListPageAsync(new ProcessQuery { IdPrefix = id.Value }, Cancel);
        await handle.GetHistoryAsync(cancellationToken: Cancel).CountAsync(Cancel);
        await handle.GetStatusAsync(Cancel);

        shared.Whole.Cluster.TryGetGrainContext(grain, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task List_BadContinuation_IsTheCallersFault() =>
        await Should.ThrowAsync<ArgumentException>(() =>
            shared.Client.ListPageAsync(new ProcessQuery { Continue = "???" }, Cancel));

    [Fact]
    public async Task Wait_Cancelled_LeavesTheProcessAlone()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        using var impatient = new CancellationTokenSource();
        var waiting = handle.WaitAsync(impatient.Token);

        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await handle.SignalAsync("go", "later", cancellationToken: Cancel);
        (await handle.GetResultAsync(Cancel)).Got.ShouldBe("later");
    }
}

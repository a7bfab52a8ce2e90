using System.Text;
using System.Text.Json;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// Each way in at the limits, one below and one above: what is taken is stored, read back after the process has left
/// memory, and runs to its end.
/// </summary>
public sealed class LimitTests : IAsyncLifetime
{
    private const int Depth = WorkflowLimits.MaxPayloadDepth;
    private const int Bytes = WorkflowJson.MaxPayloadBytes;

    /// <summary>
    /// Places that a step fills. Their payloads are made by a definition, which fails when it makes too much.
    /// </summary>
    private static readonly string[] Places = ["context", "emitted output", "output", "input of a child", "argument"];

    private static readonly JsonSerializerOptions Deep = new(JsonSerializerDefaults.Web) { MaxDepth = 1000 };

    private TestCluster _cluster = null!;

    public static TheoryData<string, int, int> Within =>
        new(
            from place in Places
            from limit in new[] { (Depth - 1, 0), (Depth, 0), (0, Bytes - 1), (0, Bytes) }
            select (place, limit.Item1, limit.Item2));

    public static TheoryData<string, int, int> Beyond =>
        new(
            from place in Places
            from limit in new[] { (Depth + 1, 0), (0, Bytes + 1) }
            select (place, limit.Item1, limit.Item2));

    /// <summary>Ways in of an edit: by the client, and by one who does not use it.</summary>
    public static TheoryData<string> Edits => ["context", "input", "raw context", "raw input"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessClient Client => _cluster.Client;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(add: static workflows =>
            workflows
                .AddProcess<LimitChain>()
                .AddProcess<LimitMachine>()
                .AddProcess<TimeChain>()
                .AddProcess<TimeMachine>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [MemberData(nameof(Within))]
    public async Task WhatAStepLeaves_WithinTheLimits_IsReadBackAndRuns(string place, int depth, int bytes)
    {
        var handle = await Client.StartAsync(
            TypeOf(place),
            new LimitInput(place, depth, bytes),
            cancellationToken: Cancel);

        await GoOnAsync(handle);

        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
        await handle.GetResultAsync(Cancel);
    }

    [Theory]
    [MemberData(nameof(Beyond))]
    public async Task WhatAStepLeaves_BeyondALimit_FailsTheStep(string place, int depth, int bytes)
    {
        var handle = await Client.StartAsync(
            TypeOf(place),
            new LimitInput(place, depth, bytes),
            cancellationToken: Cancel);
        if (place == "output")
        {
            await handle.SignalAsync("go", 1, cancellationToken: Cancel);
        }

        var outcome = await handle.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<PayloadException>().ShouldBeTrue(outcome.Failure.ToString());
    }

    [Theory]
    [InlineData(Depth - 1, 0)]
    [InlineData(Depth, 0)]
    [InlineData(0, Bytes - 1)]
    [InlineData(0, Bytes)]
    public async Task Input_WithinTheLimits_IsReadBackAndRuns(int depth, int bytes)
    {
        var input = LimitChain.InputOf("input", depth, bytes);
        ProcessHandle[] handles =
        [
            await Client.StartAsync(LimitChain.Type, input, cancellationToken: Cancel),
            await Client.StartJsonAsync(
                LimitChain.Type.Name,
                WorkflowJson.Write(input, "input"),
                cancellationToken: Cancel),
        ];

        foreach (var handle in handles)
        {
            await GoOnAsync(handle);
            (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
        }
    }

    [Theory]
    [InlineData(Depth + 1, 0)]
    [InlineData(0, Bytes + 1)]
    public async Task Input_BeyondALimit_IsRefused(int depth, int bytes)
    {
        var input = LimitChain.InputOf("input", depth, bytes);
        var json = JsonSerializer.SerializeToUtf8Bytes(input, Deep);

        await Should.ThrowAsync<PayloadException>(() =>
            Client.StartAsync(LimitChain.Type, input, cancellationToken: Cancel));
        await Should.ThrowAsync<PayloadException>(() =>
            Client.CreateAsync(LimitChain.Type, input, cancellationToken: Cancel));
        (
            await Should.ThrowAsync<WorkflowException>(() =>
                Client.StartJsonAsync(LimitChain.Type.Name, json, cancellationToken: Cancel))
        ).Message.ShouldContain(depth > 0 ? "64 deep" : "4,194,304");
        (
            await Should.ThrowAsync<WorkflowException>(() =>
                Client.CreateJsonAsync(LimitChain.Type.Name, json, cancellationToken: Cancel))
        ).Message.ShouldContain(depth > 0 ? "64 deep" : "4,194,304");
    }

    [Theory]
    [InlineData(Depth - 1, 0)]
    [InlineData(Depth, 0)]
    [InlineData(0, Bytes - 1)]
    [InlineData(0, Bytes)]
    public async Task Signal_WithinTheLimits_IsReadBackAndRuns(int depth, int bytes)
    {
        var handle = await Client.StartAsync(
            LimitChain.Type,
            new LimitInput("signal"),
            new StartOptions { Paused = true },
            Cancel);
        await handle.SignalAsync(
            "go",
            LimitChain.Value(depth == 0 ? 0 : depth + 1, bytes, around: 0),
            cancellationToken: Cancel);

        await LeaveMemoryAsync(handle);
        await handle.PlayAsync(cancellationToken: Cancel);

        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
    }

    [Theory]
    [InlineData(Depth + 1, 0)]
    [InlineData(0, Bytes + 1)]
    public async Task Signal_BeyondALimit_IsRefused(int depth, int bytes)
    {
        var handle = await Client.StartAsync(LimitChain.Type, new LimitInput("signal"), cancellationToken: Cancel);
        var value = LimitChain.Value(depth == 0 ? 0 : depth + 1, bytes, around: 0);

        await Should.ThrowAsync<PayloadException>(() => handle.SignalAsync("go", value, cancellationToken: Cancel));
        await Should.ThrowAsync<PayloadException>(() =>
            handle.SignalJsonAsync("go", Encoding.UTF8.GetBytes(value.GetRawText()), cancellationToken: Cancel));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Edit_WithinTheLimits_IsReadBackAndRuns(string way)
    {
        foreach (var (depth, bytes) in new[] { (Depth - 1, 0), (Depth, 0), (0, Bytes - 1), (0, Bytes) })
        {
            var handle = await PausedAsync();

            (await EditAsync(handle, way, depth, bytes)).ShouldBe(ControlStatus.Accepted);
            await LeaveMemoryAsync(handle);
            await handle.PlayAsync(cancellationToken: Cancel);
            await handle.SignalAsync("go", 1, cancellationToken: Cancel);

            (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished, $"{depth} deep, {bytes} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Edit_BeyondALimit_IsRefused(string way)
    {
        var handle = await PausedAsync();

        foreach (var (depth, bytes, limit) in new[] { (Depth + 1, 0, "64"), (0, Bytes + 1, "4,194,304") })
        {
            var error = await Should.ThrowAsync<Exception>(() => EditAsync(handle, way, depth, bytes));
            (error is ArgumentException or PayloadException).ShouldBeTrue(error.ToString());
            error.Message.ShouldContain(limit);
        }

        await handle.PlayAsync(cancellationToken: Cancel);
        await handle.SignalAsync("go", 1, cancellationToken: Cancel);

        (await handle.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
    }

    [Theory]
    [InlineData("""{"place":"x","value":"2026-01-31T12:00:00"}""", true)]
    [InlineData("""{"at":"2026-01-31T12:00:00"}""", false)]
    [InlineData("""{"at":"2026-01-31"}""", false)]
    [InlineData("""{"at":"2026-01-31T12:00:00Z"}""", true)]
    [InlineData("""{"at":"2026-01-31T12:00:00+01:00"}""", true)]
    public async Task Time_WithoutAZone_IsRefusedWhereATimeIsRead(string json, bool taken)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var type = json.Contains("place", StringComparison.Ordinal) ? LimitChain.Type.Name : TimeChain.Type.Name;
        if (!taken)
        {
            var error = await Should.ThrowAsync<PortValidationException>(() =>
                Client.StartJsonAsync(type, bytes, cancellationToken: Cancel));
            error.Message.ShouldContain("inputs.at: a date and time with its zone");
            return;
        }

        (await Client.StartJsonAsync(type, bytes, cancellationToken: Cancel)).WasCreated.ShouldBeTrue();
    }

    [Fact]
    public async Task Signal_WithATimeWithoutAZone_IsRefusedBySteps()
    {
        var noon = """{"at":"2026-01-31T12:00:00"}"""u8.ToArray();
        var chain = await Client.StartAsync(TimeChain.Type, new TimeInput(null), cancellationToken: Cancel);
        var machine = await Client.StartAsync(TimeMachine.Type, new TimeInput(null), cancellationToken: Cancel);
        var early = await Client.StartAsync(
            TimeChain.Type,
            new TimeInput(null),
            new StartOptions { Paused = true },
            Cancel);
        await Eventually.TrueAsync("the machine waits", async () =>
            (await machine.GetStatusAsync(Cancel)).AwaitedSignal == "go");

        (
            await Should.ThrowAsync<PayloadException>(() =>
                early.SignalJsonAsync("go", noon, cancellationToken: Cancel))
        ).Message.ShouldContain(".at: a date and time with its zone");
        await early.PlayAsync(cancellationToken: Cancel);
        foreach (var handle in new[] { chain, machine, early })
        {
            (
                await Should.ThrowAsync<PayloadException>(() =>
                    handle.SignalJsonAsync("go", noon, cancellationToken: Cancel))
            ).Message.ShouldContain(".at: a date and time with its zone");
            (await handle.SignalJsonAsync("other", noon, cancellationToken: Cancel)).WasStored.ShouldBeTrue(
                "nobody knows what reads it");
            (
                await handle.SignalJsonAsync(
                    "go",
                    """{"at":"2026-01-31T12:00:00Z"}"""u8.ToArray(),
                    cancellationToken: Cancel)
            ).WasStored.ShouldBeTrue();
            (await handle.GetResultAsync(Cancel)).At.ShouldBe(
                new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        }
    }

    [Fact]
    public async Task Signal_ThatItsStepCannotRead_IsRefusedToWhoDoesNotKnowTheType()
    {
        var chain = await Client.StartAsync(
            TimeChain.Type,
            new TimeInput(null),
            new StartOptions { Paused = true },
            Cancel);

        foreach (var wrong in new[]
            {
                "7",
                """{"at":"noon"}""",
                """{"at":[]}""",
                """{"att":"2026-01-31T12:00:00Z"}""",
                """{"at":"2026-01-31T12:00:00Z","at":"2026-02-28T12:00:00Z"}""",
            })
        {
            (
                await Should.ThrowAsync<PayloadException>(() =>
                    chain.SignalJsonAsync("go", Encoding.UTF8.GetBytes(wrong), cancellationToken: Cancel))
            ).Message.ShouldStartWith("The payload of the signal 'go'");
        }

        (await chain.SignalJsonAsync("other", "7"u8.ToArray(), cancellationToken: Cancel)).WasStored.ShouldBeTrue(
            "nobody knows what reads it");
        (await chain.GetStatusAsync(Cancel)).Pending.ShouldBe(["Signal other"]);
    }

    [Fact]
    public async Task Edit_WithATimeWithoutAZone_IsRefused()
    {
        var handle = await Client.StartAsync(TimeChain.Type, new TimeInput(null), cancellationToken: Cancel);
        await handle.PauseAsync(cancellationToken: Cancel);
        await Eventually.TrueAsync("it waits, paused", async () =>
            (await handle.GetStatusAsync(Cancel)).Summary is { Paused: true, State: ProcessState.Waiting });

        foreach (var edit in (Func<string, Task<ControlResult>>[])
            [
                json => handle.EditContextAsync(json, cancellationToken: Cancel),
                json => handle.EditInputAsync(json, cancellationToken: Cancel),
            ])
        {
            (
                await Should.ThrowAsync<ArgumentException>(() => edit("""{"at":"2026-01-31T12:00:00"}"""))
            ).Message.ShouldContain(".at: a date and time with its zone");
        }

        (
            await handle.EditInputAsync("""{"at":"2026-01-31T12:00:00Z"}""", cancellationToken: Cancel)
        ).Status.ShouldBe(ControlStatus.Accepted);
        (
            await handle.EditContextAsync("""{"at":"2026-01-31T12:00:00Z"}""", cancellationToken: Cancel)
        ).Status.ShouldBe(ControlStatus.Accepted);
    }

    private static ProcessType<LimitInput, LimitOutput> TypeOf(string place) =>
        place == "argument" ? LimitMachine.Type : LimitChain.Type;

    /// <summary>What brings the context, or the input, to a depth or a size.</summary>
    private static string Patch(bool isInput, int depth, int bytes)
    {
        var value = isInput
            ? LimitChain.InputOf("edit", depth, bytes).Value!.Value
            : LimitChain.Value(depth, bytes, """{"value":,"child":null}""".Length);
        return $$"""{"value":{{value.GetRawText()}}}""";
    }

    private async Task<ControlStatus> EditAsync(ProcessHandle handle, string way, int depth, int bytes)
    {
        var isInput = way.EndsWith("input", StringComparison.Ordinal);
        var patch = Patch(isInput, depth, bytes);
        if (!way.StartsWith("raw", StringComparison.Ordinal))
        {
            return isInput
                ? (await handle.EditInputAsync(patch, cancellationToken: Cancel)).Status
                : (await handle.EditContextAsync(patch, cancellationToken: Cancel)).Status;
        }

        var reply = await _cluster.Cluster.Client.GetGrain<IProcessGatewayGrain>(0).SendAsync(
            new MessageRequest
            {
                Receiver = handle.Id,
                MessageId = "edit",
                Kind = isInput ? MessageKind.EditInput : MessageKind.Edit,
                Payload = Encoding.UTF8.GetBytes(patch),
            },
            Cancel);
        return reply.Status == MessageStatus.Refused ? throw new ArgumentException(reply.Faults[0]) : reply.Control;
    }

    private async Task<ProcessHandle<LimitOutput>> PausedAsync()
    {
        var handle = await Client.StartAsync(LimitChain.Type, new LimitInput("edit"), cancellationToken: Cancel);
        await WaitsAsync(handle);
        await handle.PauseAsync(cancellationToken: Cancel);
        await Eventually.TrueAsync("it is paused", async () => (await handle.GetStatusAsync(Cancel)).Summary.Paused);
        return handle;
    }

    /// <summary>Lets the process leave memory while it waits, and go on from what is stored.</summary>
    private async Task GoOnAsync(ProcessHandle handle)
    {
        await WaitsAsync(handle);
        await LeaveMemoryAsync(handle);
        await handle.SignalAsync("go", 1, cancellationToken: Cancel);
    }

    private static Task WaitsAsync(ProcessHandle handle) =>
        Eventually.TrueAsync("it waits for its signal", async () =>
            (await handle.GetStatusAsync(Cancel)).AwaitedSignal == "go");

    private Task LeaveMemoryAsync(ProcessHandle handle) =>
        _cluster.Cluster.DeactivateAsync(_cluster.Cluster.Client.GetGrain<IProcessGrain>(handle.Id.Value));
}

using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// What others say is no Unicode, has no end, or throws: it is refused where it comes in, or kept as far as it can
/// be, and hides nothing.
/// </summary>
public sealed class ForeignTextTests : IAsyncLifetime
{
    private static readonly byte[] NotUtf8 = [(byte)'"', 0xC3, 0x28, (byte)'"'];

    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessClient Client => _cluster.Client;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(add: static workflows =>
            workflows
                .AddProcess<ThrowingChain>()
                .AddProcess<LimitChain>()
                .AddProcess<ParentOfThrowing>()
                .AddProcess<LongName>()
                .AddProcess<LongestName>());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task JsonThatIsNoUnicode_IsRefusedOverEachWayIn()
    {
        var handle = await Client.StartAsync(LimitChain.Type, new LimitInput("signal"), cancellationToken: Cancel);
        var paused = await Client.StartAsync(
            LimitChain.Type,
            new LimitInput("edit"),
            new StartOptions { Paused = true },
            Cancel);
        foreach (
            var (json, fault) in new[]
            {
                (NotUtf8, "not UTF-8"),
                (""" "\ud800" """u8.ToArray(), "half of a surrogate pair"),
                ("""{"\udc00":1}"""u8.ToArray(), "half of a surrogate pair"),
            })
        {
            byte[] input = [.. """{"place":"x","value":"""u8, .. json, (byte)'}'];
            (
                await Should.ThrowAsync<PayloadException>(() =>
                    handle.SignalJsonAsync("go", json, cancellationToken: Cancel))
            ).Message.ShouldContain(fault);
            (
                await Should.ThrowAsync<PortValidationException>(() =>
                    Client.StartJsonAsync(LimitChain.Type.Name, input, cancellationToken: Cancel))
            ).Message.ShouldContain(fault);
            (
                await Should.ThrowAsync<PortValidationException>(() =>
                    Client.CreateJsonAsync(LimitChain.Type.Name, input, cancellationToken: Cancel))
            ).Message.ShouldContain(fault);
        }

        foreach (var half in new[] { "{\"value\":\"\ud800\"}", """{"value":"\ud800"}""" })
        {
            (
                await Should.ThrowAsync<PayloadException>(() =>
                    paused.EditContextAsync(half, cancellationToken: Cancel))
            ).Message.ShouldContain("half of a surrogate pair");
            (
                await Should.ThrowAsync<PayloadException>(() =>
                    paused.EditInputAsync(half, cancellationToken: Cancel))
            ).Message.ShouldContain("half of a surrogate pair");
        }

        (
            await Should.ThrowAsync<PayloadException>(() =>
                handle.SignalAsync("go", "\udc00", cancellationToken: Cancel))
        ).Message.ShouldContain("half of a surrogate pair");
        (
            await handle.SignalJsonAsync("go", """ "\ud83d\ude00 \u0000" """u8.ToArray(), cancellationToken: Cancel)
        ).WasStored.ShouldBeTrue();
    }

    [Fact]
    public async Task TextThatIsNoUnicode_IsRefusedBeforeTheWireChangesIt()
    {
        const string half = "a\ud800";
        var handle = await Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);

        await Should.ThrowAsync<ArgumentException>(() => handle.SignalAsync(half, 1, cancellationToken: Cancel));
        await Should.ThrowAsync<ArgumentException>(() => handle.SignalAsync("go", 1, half, Cancel));
        await Should.ThrowAsync<ArgumentException>(() => handle.PauseAsync(half, cancellationToken: Cancel));
        await Should.ThrowAsync<ArgumentException>(() =>
            Client.ListPageAsync(new ProcessQuery { Type = half }, Cancel));
        foreach (
            var tag in new[]
            {
                new Dictionary<string, string> { [half] = "x" },
                new Dictionary<string, string> { ["x"] = half },
            })
        {
            await Should.ThrowAsync<ArgumentException>(() =>
                Client.StartAsync(Types.Wait, new WaitInput(), new StartOptions { Tags = tag }, Cancel));
        }
    }

    [Theory]
    [InlineData("throws", "whose message cannot be read")]
    [InlineData("null", "whose message is null")]
    [InlineData("nan", "cannot be written as JSON")]
    [InlineData("getter", "cannot be written as JSON: no value today")]
    public async Task Exception_WhoseOwnCodeFails_IsAFailureWithItsType(string what, string message)
    {
        var outcome = await (
            await Client.StartAsync(ThrowingChain.Type, new HelloInput(what), cancellationToken: Cancel)
        ).WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Message.ShouldNotBeNull().ShouldContain(message);
        outcome.Failure!.Type.ShouldBe(
            what is "throws" or "null"
                ? typeof(ThrowingChain.OddException).FullName
                : $"Orleans.Workflows.Abstractions.{nameof(PayloadException)}",
            "what is stored names our own as ever");
    }

    [Fact]
    public async Task LongFailure_IsCutAndItsParentAndItsHistoryAreRead()
    {
        var parent = await Client.StartAsync(ParentOfThrowing.Type, new HelloInput("long"), cancellationToken: Cancel);

        (await parent.GetResultAsync(Cancel)).Text.ShouldBe("1000");

        var child = (await parent.GetTreeAsync(cancellationToken: Cancel)).Children.Single();
        (await Client.GetHandle(child.Process.Id).WaitAsync(Cancel)).Message!.Length.ShouldBe(
            8_000,
            "the child itself has more of it");
        var history = await Client
            .GetHandle(child.Process.Id)
            .GetHistoryAsync(cancellationToken: Cancel)
            .ToListAsync(Cancel);
        history
            .SelectMany(static entry => entry.Events)
            .ShouldAllBe(static e => e.Text == null || e.Text.Length <= WorkflowLimits.MaxHistoryTextLength);
        history.SelectMany(static entry => entry.Events).ShouldContain(static e => e.Kind == HistoryKind.StepFailed);
    }

    [Theory]
    [InlineData("tags", WorkflowLimits.MaxTags - 1, true)]
    [InlineData("tags", WorkflowLimits.MaxTags, true)]
    [InlineData("tags", WorkflowLimits.MaxTags + 1, false)]
    [InlineData("key", WorkflowLimits.MaxTagKeyLength - 1, true)]
    [InlineData("key", WorkflowLimits.MaxTagKeyLength, true)]
    [InlineData("key", WorkflowLimits.MaxTagKeyLength + 1, false)]
    [InlineData("value", WorkflowLimits.MaxTagValueLength - 1, true)]
    [InlineData("value", WorkflowLimits.MaxTagValueLength, true)]
    [InlineData("value", WorkflowLimits.MaxTagValueLength + 1, false)]
    [InlineData("id", ProcessId.MaxClientLength - 1, true)]
    [InlineData("id", ProcessId.MaxClientLength, true)]
    [InlineData("id", ProcessId.MaxClientLength + 1, false)]
    [InlineData("type", WorkflowLimits.MaxTypeLength - 1, true)]
    [InlineData("type", WorkflowLimits.MaxTypeLength, true)]
    [InlineData("type", WorkflowLimits.MaxTypeLength + 1, false)]
    public async Task WhatAStepGivesItsChild_IsTakenUpToTheLimit(string what, int length, bool taken)
    {
        var parent = await Client.StartAsync(
            ParentOfThrowing.Type,
            new HelloInput(what, length),
            cancellationToken: Cancel);

        var outcome = await parent.WaitAsync(Cancel);

        outcome.State.ShouldBe(taken ? ProcessState.Finished : ProcessState.Excepted, outcome.Message);
        if (!taken)
        {
            outcome.Failure!.Type.ShouldStartWith("System.Argument");
        }
    }
}

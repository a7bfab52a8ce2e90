using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>
/// Starts by one who does not use our client: at each limit, below it and above it, over both ways in.
/// </summary>
public sealed class RawStartTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const int PayloadBytes = WorkflowJson.MaxPayloadBytes;

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private static readonly Dictionary<string, StartRequest> Sound = new()
    {
        ["request id below"] = Raw.Start() with { RequestId = Raw.Text(WorkflowLimits.MaxMessageIdLength - 1) },
        ["request id at"] = Raw.Start() with { RequestId = Raw.Text(WorkflowLimits.MaxMessageIdLength) },
        ["tags below"] = Raw.Start() with { Tags = Raw.Tags(WorkflowLimits.MaxTags - 1) },
        ["tags at"] = Raw.Start() with
        {
            Tags = Raw.Tags(WorkflowLimits.MaxTags, WorkflowLimits.MaxTagKeyLength, WorkflowLimits.MaxTagValueLength),
        },
        ["tag key below"] = Raw.Start() with { Tags = Raw.Tags(1, WorkflowLimits.MaxTagKeyLength - 1) },
        ["tag value below"] = Raw.Start() with
        {
            Tags = Raw.Tags(1, valueLength: WorkflowLimits.MaxTagValueLength - 1),
        },
        ["tag without value"] = Raw.Start() with { Tags = Raw.Tags(1, valueLength: 0) },
        ["delay below"] = Raw.Start() with { Delay = WorkflowLimits.MaxDelay - Tick },
        ["delay at"] = Raw.Start() with { Delay = WorkflowLimits.MaxDelay },
        ["no delay"] = Raw.Start() with { Delay = TimeSpan.Zero },
        ["deadline below"] = Raw.Start() with { Deadline = WorkflowLimits.MaxDelay - Tick },
        ["deadline at"] = Raw.Start() with { Deadline = WorkflowLimits.MaxDelay },
        ["least deadline"] = Raw.Start() with { Deadline = Tick },
        ["held"] = Raw.Start() with { Hold = true, Delay = TimeSpan.Zero },
        ["traceparent at"] = Raw.Start() with { TraceParent = Raw.Text(WorkflowLimits.MaxTraceParentLength) },
    };

    private static readonly Dictionary<string, StartRequest> Unsound = new()
    {
        ["no request id"] = Raw.Start() with { RequestId = null! },
        ["request id with U+0000"] = Raw.Start() with { RequestId = "a\0" },
        ["empty request id"] = Raw.Start() with { RequestId = "" },
        ["request id above"] = Raw.Start() with { RequestId = Raw.Text(WorkflowLimits.MaxMessageIdLength + 1) },
        ["no type"] = Raw.Start() with { Type = null! },
        ["empty type"] = Raw.Start() with { Type = "" },
        ["type above"] = Raw.Start() with { Type = Raw.Text(WorkflowLimits.MaxTypeLength + 1) },
        ["type far above"] = Raw.Start() with { Type = Raw.Text(3_000_000) },
        ["no tags"] = Raw.Start() with { Tags = null! },
        ["tags above"] = Raw.Start() with { Tags = Raw.Tags(WorkflowLimits.MaxTags + 1) },
        ["tags far above"] = Raw.Start() with { Tags = Raw.Tags(100_000) },
        ["empty tag key"] = Raw.Start() with { Tags = new Dictionary<string, string> { [""] = "x" } },
        ["tag key above"] = Raw.Start() with { Tags = Raw.Tags(1, WorkflowLimits.MaxTagKeyLength + 1) },
        ["tag value above"] = Raw.Start() with
        {
            Tags = Raw.Tags(1, valueLength: WorkflowLimits.MaxTagValueLength + 1),
        },
        ["null as tag"] = Raw.Start() with { Tags = new Dictionary<string, string> { ["x"] = null! } },
        ["delay below zero"] = Raw.Start() with { Delay = -Tick },
        ["delay above"] = Raw.Start() with { Delay = WorkflowLimits.MaxDelay + Tick },
        ["delay far above"] = Raw.Start() with { Delay = TimeSpan.MaxValue },
        ["deadline of nothing"] = Raw.Start() with { Deadline = TimeSpan.Zero },
        ["deadline above"] = Raw.Start() with { Deadline = WorkflowLimits.MaxDelay + Tick },
        ["deadline far above"] = Raw.Start() with { Deadline = TimeSpan.MaxValue },
        ["held with a delay"] = Raw.Start() with { Hold = true },
        ["traceparent above"] = Raw.Start() with { TraceParent = Raw.Text(WorkflowLimits.MaxTraceParentLength + 1) },
        ["no input"] = Raw.Start() with { Input = null! },
    };

    public static TheoryData<string> SoundStarts => [.. Sound.Keys];

    public static TheoryData<string> UnsoundStarts => [.. Unsound.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IGrainFactory Outside => shared.Whole.Cluster.Client;

    private IProcessGatewayGrain Gateway => Outside.GetGrain<IProcessGatewayGrain>(0);

    [Theory]
    [MemberData(nameof(SoundStarts))]
    public async Task Start_WithinTheLimits_IsTaken(string start)
    {
        (
            await Outside.GetGrain<IProcessGrain>(ProcessId.New().Value).StartAsync(Sound[start], observer: null)
        ).Status.ShouldBe(StartStatus.Created);
        (await Gateway.StartAsync(ProcessId.New(), Sound[start], observer: null)).Status.ShouldBe(
            StartStatus.Created);
    }

    [Theory]
    [MemberData(nameof(UnsoundStarts))]
    public async Task Start_BeyondALimit_IsRefusedInFewWordsAndStoresNothing(string start)
    {
        var (byGrain, byGateway) = (ProcessId.New(), ProcessId.New());

        var first = await Should.ThrowAsync<ArgumentException>(() =>
            Outside.GetGrain<IProcessGrain>(byGrain.Value).StartAsync(Unsound[start], observer: null));
        var second = await Should.ThrowAsync<ArgumentException>(() =>
            Gateway.StartAsync(byGateway, Unsound[start], observer: null));

        new[] { first, second }.ShouldAllBe(static error => error.Message.Length < 500);
        (await shared.Store.LoadAsync(byGrain, Cancel)).ShouldBeNull();
        (await shared.Store.LoadAsync(byGateway, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Start_WithATypeAtTheLimit_IsLookedFor() =>
        (
            await Gateway.StartAsync(
                ProcessId.New(),
                Raw.Start() with
                {
                    Type = Raw.Text(WorkflowLimits.MaxTypeLength),
                },
                observer: null)
        ).Status.ShouldBe(StartStatus.UnknownType);

    [Fact]
    public async Task Start_WithAnInputThatIsNotUtf8_IsRefused()
    {
        var reply = await Gateway.StartAsync(
            ProcessId.New(),
            Raw.Start() with
            {
                Input = [(byte)'{', 0xC3, 0x28, (byte)'}'],
            },
            observer: null);

        reply.Status.ShouldBe(StartStatus.InvalidInput);
        reply.Faults.ShouldHaveSingleItem().ShouldBe("inputs: its bytes are not UTF-8.");
    }

    [Theory]
    [InlineData(PayloadBytes - 1)]
    [InlineData(PayloadBytes)]
    public async Task Start_WithAnInputOfTheLargestSize_IsTaken(int bytes)
    {
        var input = Enumerable.Repeat((byte)' ', bytes).ToArray();
        "{}"u8.CopyTo(input);

        (
            await Gateway.StartAsync(ProcessId.New(), Raw.Start() with { Input = input }, observer: null)
        ).Status.ShouldBe(StartStatus.Created);
        var error = await Should.ThrowAsync<PayloadException>(() =>
            Gateway.StartAsync(ProcessId.New(), Raw.Start() with { Input = [.. input, .. "  "u8] }, observer: null));
        error.Message.ShouldContain("4,194,304 are allowed");
    }

    [Theory]
    [InlineData("victim/0.0", "'/'")]
    [InlineData("owf/schedule", "'/'")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("a b", "U+0020")]
    [InlineData("ä", "U+00E4")]
    [InlineData("/0.0", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public async Task Start_WithAnIdThatIsNotForClients_IsRefused(string? id, string why)
    {
        var byGateway = await Should.ThrowAsync<ArgumentException>(() =>
            Gateway.StartAsync(Raw.Id(id), Raw.Start(), observer: null));
        var byGrain = await Should.ThrowAsync<ArgumentException>(() =>
            Outside.GetGrain<IProcessGrain>(id!).StartAsync(Raw.Start(), observer: null));

        byGateway.Message.ShouldContain(why);
        byGrain.Message.ShouldContain(why);
    }

    [Theory]
    [InlineData(ProcessId.MaxClientLength - 1, true)]
    [InlineData(ProcessId.MaxClientLength, true)]
    [InlineData(ProcessId.MaxClientLength + 1, false)]
    [InlineData(3_000_000, false)]
    public async Task Start_WithALongId_IsTakenUpToTheLimit(int length, bool taken)
    {
        var start = () => Gateway.StartAsync(Raw.Id(Raw.Text(length)), Raw.Start(), observer: null);

        if (taken)
        {
            (await start()).Status.ShouldBe(StartStatus.Created);
        }
        else
        {
            (await Should.ThrowAsync<ArgumentException>(start)).Message.Length.ShouldBeLessThan(500);
            await Should.ThrowAsync<ArgumentException>(() =>
                Outside.GetGrain<IProcessGrain>(Raw.Text(length)).StartAsync(Raw.Start(), observer: null));
        }
    }

    [Fact]
    public async Task StartUnderAnotherProcess_IsRefusedAndItsOwnChildGetsTheId()
    {
        var parent = await shared.Client.StartAsync(
            Types.Family,
            new FamilyInput(1),
            new StartOptions { Id = ProcessId.Parse("victim"), Paused = true },
            Cancel);

        await Should.ThrowAsync<ArgumentException>(() =>
            Outside.GetGrain<IProcessGrain>("victim/0.0").StartAsync(Raw.Start(), observer: null));
        await parent.PlayAsync(cancellationToken: Cancel);

        (await parent.GetResultAsync(Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Observer_ThatIsNoClient_IsRefused()
    {
        var id = ProcessId.New();
        var grain = Outside.GetGrain<IProcessGrain>(id.Value);
        var pointed = Outside.GetGrain<IOwnGrain>(1).AsReference<IProcessObserver>();

        await Should.ThrowAsync<ArgumentException>(() => grain.StartAsync(Raw.Start(), pointed));
        await Should.ThrowAsync<ArgumentException>(() => Gateway.StartAsync(id, Raw.Start(), pointed));
        await Should.ThrowAsync<ArgumentException>(() => grain.SubscribeAsync(pointed));
        await Should.ThrowAsync<ArgumentException>(() => grain.SubscribeAsync(null!));

        (await shared.Store.LoadAsync(id, Cancel)).ShouldBeNull();
        (
            await grain.SubscribeAsync(Outside.CreateObjectReference<IProcessObserver>(new DeafObserver()))
        ).Found.ShouldBeFalse();
    }
}

using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>
/// Messages, lists and readings by one who does not use our client: at each limit, below it and above it.
/// </summary>
public sealed class RawCallTests : IClassFixture<SharedCluster>
{
    private static readonly ProcessId Any = ProcessId.Parse("any");

    private static readonly Dictionary<string, Func<MessageRequest, MessageRequest>> SoundMessages = new()
    {
        ["name below"] = static m => m with { Name = Raw.Text(WorkflowLimits.MaxSignalNameLength - 1) },
        ["name at"] = static m => m with { Name = Raw.Text(WorkflowLimits.MaxSignalNameLength) },
        ["id below"] = static m => m with { MessageId = Raw.Text(WorkflowLimits.MaxMessageIdLength - 1) },
        ["id at"] = static m => m with { MessageId = Raw.Text(WorkflowLimits.MaxMessageIdLength) },
        ["call"] = static m => m with { Call = Raw.Id(Raw.Text(ProcessId.MaxClientLength)) },
        ["no payload"] = static m => m with { Payload = [] },
        ["payload at"] = static m => m with { Payload = Padded(WorkflowJson.MaxPayloadBytes) },
        ["text below"] = static m =>
            m with
            {
                Kind = MessageKind.Pause,
                Name = Raw.Text(WorkflowLimits.MaxTextLength - 1),
                Payload = [],
            },
        ["text at"] = static m =>
            m with
            {
                Kind = MessageKind.Pause,
                Name = Raw.Text(WorkflowLimits.MaxTextLength),
                Payload = "true"u8.ToArray(),
            },
        ["no text"] = static m => m with { Kind = MessageKind.Play, Name = null, Payload = [] },
        ["depth below"] = static m => m with { Payload = Nested(WorkflowLimits.MaxPayloadDepth - 1) },
        ["depth at"] = static m => m with { Payload = Nested(WorkflowLimits.MaxPayloadDepth) },
        ["a whole pair"] = static m =>
            m with
            {
                Name = "\ud83d\ude00",
                Payload = "\"\\ud83d\\ude00\\u0000\""u8.ToArray(),
            },
    };

    private static readonly Dictionary<string, Func<MessageRequest, MessageRequest>> UnsoundMessages = new()
    {
        ["no name"] = static m => m with { Name = null },
        ["empty name"] = static m => m with { Name = "" },
        ["name above"] = static m => m with { Name = Raw.Text(WorkflowLimits.MaxSignalNameLength + 1) },
        ["name far above"] = static m => m with { Name = Raw.Text(30_000_000) },
        ["no id"] = static m => m with { MessageId = null! },
        ["empty id"] = static m => m with { MessageId = "" },
        ["id above"] = static m => m with { MessageId = Raw.Text(WorkflowLimits.MaxMessageIdLength + 1) },
        ["no payload"] = static m => m with { Payload = null! },
        ["U+0000 in the name"] = static m => m with { Name = "a\0" },
        ["no kind"] = static m => m with { Kind = 0 },
        ["kind below zero"] = static m => m with { Kind = (MessageKind)(-1) },
        ["unknown kind"] = static m => m with { Kind = (MessageKind)99 },
        ["end of a child"] = static m => m with { Kind = MessageKind.ChildEnded },
        ["text above"] = static m =>
            m with
            {
                Kind = MessageKind.Kill,
                Name = Raw.Text(WorkflowLimits.MaxTextLength + 1),
                Payload = [],
            },
        ["no call"] = static m => m with { Call = default(ProcessId) },
        ["call of garbage"] = static m => m with { Call = Raw.Id("a\0b") },
        ["call far above"] = static m => m with { Call = Raw.Id(Raw.Text(3_000_000)) },
        ["no receiver"] = static m => m with { Receiver = default },
        ["receiver of garbage"] = static m => m with { Receiver = Raw.Id("a\0b") },
        ["receiver far above"] = static m => m with { Receiver = Raw.Id(Raw.Text(3_000_000)) },
    };

    private static readonly Dictionary<string, Func<MessageRequest, MessageRequest>> UnsoundPayloads = new()
    {
        ["payload above"] = static m => m with { Payload = Padded(WorkflowJson.MaxPayloadBytes + 1) },
        ["no JSON"] = static m => m with { Payload = "{"u8.ToArray() },
        ["two values"] = static m => m with { Payload = "1 2"u8.ToArray() },
        ["nothing but space"] = static m => m with { Payload = " "u8.ToArray() },
        ["depth above"] = static m => m with { Payload = Nested(WorkflowLimits.MaxPayloadDepth + 1) },
        ["no UTF-8"] = static m => m with { Payload = [(byte)'"', 0xC3, 0x28, (byte)'"'] },
        ["half of a pair"] = static m => m with { Payload = "[\"\\ud800\"]"u8.ToArray() },
        ["half of a pair as a key"] = static m => m with { Payload = "{\"\\udc00\":1}"u8.ToArray() },
        ["edit with half of a pair"] = static m =>
            m with
            {
                Kind = MessageKind.Edit,
                Payload = "{\"x\":\"\\ud800\"}"u8.ToArray(),
            },
        ["edit too deep"] = static m =>
            m with
            {
                Kind = MessageKind.Edit,
                Payload = Nested(WorkflowLimits.MaxPayloadDepth + 1),
            },
        ["edit above"] = static m =>
            m with
            {
                Kind = MessageKind.Edit,
                Payload = Padded(WorkflowJson.MaxPayloadBytes + 1),
            },
        ["edit that is not UTF-8"] = static m =>
            m with
            {
                Kind = MessageKind.Edit,
                Payload = [.. "{\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            },
        ["edit of the input above"] = static m =>
            m with
            {
                Kind = MessageKind.EditInput,
                Payload = Padded(WorkflowJson.MaxPayloadBytes + 1),
            },
        ["edit of the input too deep"] = static m =>
            m with
            {
                Kind = MessageKind.EditInput,
                Payload = Nested(WorkflowLimits.MaxPayloadDepth + 1),
            },
        ["edit of the input that is not UTF-8"] = static m =>
            m with
            {
                Kind = MessageKind.EditInput,
                Payload = [.. "{\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8],
            },
        ["edit of the input with half of a pair"] = static m =>
            m with
            {
                Kind = MessageKind.EditInput,
                Payload = "{\"x\":\"\\ud800\"}"u8.ToArray(),
            },
        ["pause of something"] = static m => m with { Kind = MessageKind.Pause, Payload = "7"u8.ToArray() },
        ["pause of no tree"] = static m => m with { Kind = MessageKind.Pause, Payload = "false"u8.ToArray() },
        ["kill with a payload"] = static m => m with { Kind = MessageKind.Kill, Payload = "1"u8.ToArray() },
        ["skip to a number"] = static m => m with { Kind = MessageKind.Skip, Payload = "7"u8.ToArray() },
        ["skip to half a character"] = static m =>
            m with
            {
                Kind = MessageKind.Skip,
                Payload = "\"\\ud800\""u8.ToArray(),
            },
        ["drop of a number"] = static m => m with { Kind = MessageKind.Drop, Payload = "7"u8.ToArray() },
        ["drop of nothing"] = static m => m with { Kind = MessageKind.Drop, Payload = "\"\""u8.ToArray() },
        ["drop of U+0000"] = static m => m with { Kind = MessageKind.Drop, Payload = "\"a\\u0000\""u8.ToArray() },
        ["drop of an id above"] = static m =>
            m with
            {
                Kind = MessageKind.Drop,
                Payload = WorkflowJson.Write(Raw.Text(WorkflowLimits.MaxMessageIdLength + 1), "id"),
            },
        ["edit of the input that is no JSON"] = static m =>
            m with
            {
                Kind = MessageKind.EditInput,
                Payload = "{"u8.ToArray(),
            },
        ["skip far"] = static m =>
            m with
            {
                Kind = MessageKind.Skip,
                Payload = WorkflowJson.Write(Raw.Text(WorkflowLimits.MaxStepLength + 1), "step"),
            },
    };

    private static readonly Dictionary<string, Func<IProcessGatewayGrain, Task>> SoundReadings = new()
    {
        ["page of one"] = static g => g.ListAsync(new ProcessQuery { PageSize = 1 }, Cancel),
        ["page below"] = static g =>
            g.ListAsync(new ProcessQuery { PageSize = WorkflowLimits.MaxPageSize - 1 }, Cancel),
        ["page at"] = static g => g.ListAsync(new ProcessQuery { PageSize = WorkflowLimits.MaxPageSize }, Cancel),
        ["all states"] = static g => g.ListAsync(new ProcessQuery { States = Enum.GetValues<ProcessState>() }, Cancel),
        ["tags at"] = static g => g.ListAsync(new ProcessQuery { Tags = Raw.Tags(WorkflowLimits.MaxTags) }, Cancel),
        ["type at"] = static g =>
            g.ListAsync(new ProcessQuery { Type = Raw.Text(WorkflowLimits.MaxTypeLength) }, Cancel),
        ["prefix at"] = static g =>
            g.ListAsync(new ProcessQuery { IdPrefix = Raw.Text(ProcessId.MaxLength) }, Cancel),
        ["all times"] = static g =>
            g.ListAsync(
                new ProcessQuery { CreatedFrom = DateTimeOffset.MinValue, CreatedBefore = DateTimeOffset.MaxValue },
                Cancel),
        ["history of one"] = static g => g.ReadHistoryAsync(Any, 0, 1, Cancel),
        ["history at"] = static g => g.ReadHistoryAsync(Any, 0, WorkflowLimits.MaxPageSize, Cancel),
        ["history behind everything"] = static g => g.ReadHistoryAsync(Any, long.MaxValue, 1, Cancel),
        ["reports at"] = static g =>
            g.ReadReportsAsync(
                Any,
                tree: true,
                ReportLevel.Critical,
                long.MaxValue,
                WorkflowLimits.MaxPageSize,
                Cancel),
        ["type of the longest name"] = static g => g.DescribeAsync(Raw.Text(WorkflowLimits.MaxTypeLength)),
    };

    private static readonly Dictionary<string, Func<IProcessGatewayGrain, Task>> UnsoundReadings = new()
    {
        ["no query"] = static g => g.ListAsync(null!, Cancel),
        ["page of none"] = static g => g.ListAsync(new ProcessQuery { PageSize = 0 }, Cancel),
        ["page below zero"] = static g => g.ListAsync(new ProcessQuery { PageSize = -1 }, Cancel),
        ["page above"] = static g =>
            g.ListAsync(new ProcessQuery { PageSize = WorkflowLimits.MaxPageSize + 1 }, Cancel),
        ["page far above"] = static g => g.ListAsync(new ProcessQuery { PageSize = int.MaxValue }, Cancel),
        ["no states"] = static g => g.ListAsync(new ProcessQuery { States = null! }, Cancel),
        ["states again and again"] = static g =>
            g.ListAsync(new ProcessQuery { States = [.. Enumerable.Repeat(ProcessState.Running, 10_000)] }, Cancel),
        ["unknown state"] = static g => g.ListAsync(new ProcessQuery { States = [(ProcessState)(-1)] }, Cancel),
        ["unknown order"] = static g => g.ListAsync(new ProcessQuery { Order = (ProcessOrder)(-1) }, Cancel),
        ["no tags"] = static g => g.ListAsync(new ProcessQuery { Tags = null! }, Cancel),
        ["tags above"] = static g =>
            g.ListAsync(new ProcessQuery { Tags = Raw.Tags(WorkflowLimits.MaxTags + 1) }, Cancel),
        ["null as tag"] = static g =>
            g.ListAsync(new ProcessQuery { Tags = new Dictionary<string, string> { ["x"] = null! } }, Cancel),
        ["type above"] = static g =>
            g.ListAsync(new ProcessQuery { Type = Raw.Text(WorkflowLimits.MaxTypeLength + 1) }, Cancel),
        ["prefix above"] = static g =>
            g.ListAsync(new ProcessQuery { IdPrefix = Raw.Text(ProcessId.MaxLength + 1) }, Cancel),
        ["cursor of garbage"] = static g => g.ListAsync(new ProcessQuery { Continue = "garbage" }, Cancel),
        ["cursor far above"] = static g => g.ListAsync(new ProcessQuery { Continue = Raw.Text(30_000_000) }, Cancel),
        ["parent of garbage"] = static g => g.ListAsync(new ProcessQuery { Parent = Raw.Id("a\0b") }, Cancel),
        ["no root"] = static g => g.ListAsync(new ProcessQuery { Root = default(ProcessId) }, Cancel),
        ["status of nobody"] = static g => g.GetStatusAsync(default, Cancel),
        ["outcome of garbage"] = static g => g.GetOutcomeAsync(Raw.Id("a\0b"), Cancel),
        ["checkpoint far above"] = static g => g.GetCheckpointAsync(Raw.Id(Raw.Text(3_000_000)), Cancel),
        ["effect of nothing"] = static g => g.GetEffectAsync(Any, MessageKind.Signal, null!, Cancel),
        ["effect far above"] = static g => g.GetEffectAsync(Any, MessageKind.Signal, Raw.Text(3_000_000), Cancel),
        ["effect of an unknown kind"] = static g => g.GetEffectAsync(Any, (MessageKind)(-1), "x", Cancel),
        ["effect of a child's end"] = static g => g.GetEffectAsync(Any, MessageKind.ChildEnded, "x", Cancel),
        ["history of none"] = static g => g.ReadHistoryAsync(Any, 0, 0, Cancel),
        ["history above"] = static g => g.ReadHistoryAsync(Any, 0, WorkflowLimits.MaxPageSize + 1, Cancel),
        ["history before the beginning"] = static g => g.ReadHistoryAsync(Any, -1, 1, Cancel),
        ["reports above"] = static g =>
            g.ReadReportsAsync(Any, tree: false, ReportLevel.Debug, 0, int.MaxValue, Cancel),
        ["reports of no level"] = static g => g.ReadReportsAsync(Any, tree: false, 0, 0, 1, Cancel),
        ["reports of an unknown level"] = static g =>
            g.ReadReportsAsync(Any, tree: false, (ReportLevel)(-5), 0, 1, Cancel),
        ["type of no name"] = static g => g.DescribeAsync(null!),
        ["type far above"] = static g => g.DescribeAsync(Raw.Text(3_000_000)),
    };

    private readonly SharedCluster _shared;

    public RawCallTests(SharedCluster shared) => _shared = shared;

    public static TheoryData<string> MessagesWithin => [.. SoundMessages.Keys];

    public static TheoryData<string> MessagesBeyond => [.. UnsoundMessages.Keys];

    public static TheoryData<string> PayloadsBeyond => [.. UnsoundPayloads.Keys];

    public static TheoryData<string> ReadingsWithin => [.. SoundReadings.Keys];

    public static TheoryData<string> ReadingsBeyond => [.. UnsoundReadings.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProcessGatewayGrain Gateway => _shared.Whole.Cluster.Client.GetGrain<IProcessGatewayGrain>(0);

    [Theory]
    [MemberData(nameof(MessagesWithin))]
    public async Task Message_WithinTheLimits_IsStored(string message)
    {
        var handle = await WaitingAsync();

        (await Gateway.SendAsync(SoundMessages[message](Raw.Signal(handle.Id)), Cancel)).Status.ShouldBe(
            MessageStatus.Stored);
    }

    [Theory]
    [MemberData(nameof(MessagesBeyond))]
    public Task Message_BeyondALimit_IsRefusedInFewWordsAndNotStored(string message) =>
        RefusedAsync<ArgumentException>(UnsoundMessages[message]);

    [Theory]
    [MemberData(nameof(PayloadsBeyond))]
    public Task Message_WithAPayloadThatItCannotHave_IsRefusedAndNotStored(string message) =>
        RefusedAsync<PayloadException>(UnsoundPayloads[message]);

    [Theory]
    [MemberData(nameof(ReadingsWithin))]
    public Task Reading_WithinTheLimits_IsAnswered(string reading) => SoundReadings[reading](Gateway);

    [Theory]
    [MemberData(nameof(ReadingsBeyond))]
    public async Task Reading_BeyondALimit_IsRefusedInFewWords(string reading) =>
        (
            await Should.ThrowAsync<ArgumentException>(() => UnsoundReadings[reading](Gateway))
        ).Message.Length.ShouldBeLessThan(500);

    [Fact]
    public async Task HistoryBehindEverything_OfAProcessThatIsThere_IsEmpty()
    {
        var handle = await WaitingAsync();

        (await Gateway.ReadHistoryAsync(handle.Id, long.MaxValue, 10, Cancel)).ShouldBeEmpty();
    }

    private async Task RefusedAsync<TError>(Func<MessageRequest, MessageRequest> change)
        where TError : Exception
    {
        var handle = await WaitingAsync();

        var error = await Should.ThrowAsync<TError>(() => Gateway.SendAsync(change(Raw.Signal(handle.Id)), Cancel));

        error.Message.Length.ShouldBeLessThan(500);
        (await _shared.Store.ReadInboxAsync(handle.Id, Cancel)).ShouldBeEmpty();
    }

    private Task<ProcessHandle<WaitOutput>> WaitingAsync() =>
        _shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);

    private static byte[] Nested(int depth) =>
        [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)];

    private static byte[] Padded(int length)
    {
        var json = Enumerable.Repeat((byte)' ', length).ToArray();
        json[0] = (byte)'1';
        return json;
    }
}

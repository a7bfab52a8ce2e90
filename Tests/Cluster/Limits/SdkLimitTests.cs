using Orleans.Workflows.Cluster.Edge;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>
/// Texts, ids and tags that a caller of the client gives, one below their limit, at it, and one above.
/// </summary>
public sealed class SdkLimitTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    /// <summary>The process is paused, and has the signal with the id 'kept'.</summary>
    private static readonly Dictionary<string, (int Limit, Func<ProcessHandle, int, Task> Call)> Ways = new()
    {
        ["text of a pause"] = (WorkflowLimits.MaxTextLength, static (process, length) =>
            process.PauseAsync(Raw.Text(length), cancellationToken: Cancel)),
        ["text of a kill"] = (WorkflowLimits.MaxTextLength, static (process, length) =>
            process.KillAsync(Raw.Text(length), cancellationToken: Cancel)),
        ["note of an edit"] = (WorkflowLimits.MaxTextLength, static (process, length) =>
            process.EditContextAsync("{}", Raw.Text(length), Cancel)),
        ["note of an edit of the input"] = (WorkflowLimits.MaxTextLength, static (process, length) =>
            process.EditInputAsync("{}", Raw.Text(length), Cancel)),
        ["note of a drop"] = (WorkflowLimits.MaxTextLength, static (process, length) =>
            process.DropSignalAsync("kept", Raw.Text(length), Cancel)),
        ["id of a drop's signal"] = (WorkflowLimits.MaxMessageIdLength, static (process, length) =>
            process.DropSignalAsync(Raw.Text(length), cancellationToken: Cancel)),
        ["id of a control"] = (WorkflowLimits.MaxMessageIdLength, static (process, length) =>
            process.WithControlId(Raw.Text(length)).PlayAsync(cancellationToken: Cancel)),
        ["id of a signal"] = (WorkflowLimits.MaxMessageIdLength, static (process, length) =>
            process.SignalAsync("go", 1, Raw.Text(length), Cancel)),
        ["name of a signal"] = (WorkflowLimits.MaxSignalNameLength, static (process, length) =>
            process.SignalAsync(Raw.Text(length), Cancel)),
    };

    private static readonly Dictionary<string, (int Limit, Func<int, StartOptions> Options)> Starts = new()
    {
        ["id"] = (ProcessId.MaxClientLength, static length =>
            new StartOptions { Id = Raw.Id($"{Guid.NewGuid():N}".PadRight(length, 'x')) }),
        ["tags"] = (WorkflowLimits.MaxTags, static count => new StartOptions { Tags = Raw.Tags(count) }),
        ["key of a tag"] = (WorkflowLimits.MaxTagKeyLength, static length =>
            new StartOptions { Tags = Raw.Tags(1, length) }),
        ["value of a tag"] = (WorkflowLimits.MaxTagValueLength, static length =>
            new StartOptions { Tags = Raw.Tags(1, valueLength: length) }),
    };

    public static TheoryData<string> Messages => [.. Ways.Keys];

    public static TheoryData<string> Options => [.. Starts.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Message_AroundItsLimit_IsTakenUpToIt(string way)
    {
        var (limit, call) = Ways[way];
        foreach (var length in new[] { limit - 1, limit })
        {
            await Should.NotThrowAsync(async () => await call(await PausedAsync(), length));
        }

        var process = await PausedAsync();
        var before = await process.GetHistoryAsync(cancellationToken: Cancel).CountAsync(Cancel);
        var error = await Should.ThrowAsync<ArgumentException>(() => call(process, limit + 1));
        error.Message.Length.ShouldBeLessThan(500);
        (await process.GetHistoryAsync(cancellationToken: Cancel).CountAsync(Cancel)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Start_AroundALimit_IsTakenUpToIt(string option)
    {
        var (limit, options) = Starts[option];
        foreach (var length in new[] { limit - 1, limit })
        {
            (await StartAsync(options(length))).WasCreated.ShouldBeTrue();
        }

        (
            await Should.ThrowAsync<ArgumentException>(() => StartAsync(options(limit + 1)))
        ).Message.Length.ShouldBeLessThan(500);
    }

    private async Task<ProcessHandle> PausedAsync()
    {
        var process = await StartAsync(new StartOptions { Paused = true });
        await process.SignalAsync("kept", 1, "kept", Cancel);
        return process;
    }

    private Task<ProcessHandle<HelloOutput>> StartAsync(StartOptions options) =>
        shared.Client.StartAsync(Types.Outline, new HelloInput("Ada"), options, Cancel);
}

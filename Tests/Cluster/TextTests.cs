using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>Text that databases cannot keep is refused where it comes in, with what to do about it.</summary>
public sealed class TextTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tag_WithU0000_IsRefused()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() =>
            shared.Client.StartAsync(
                Types.Hello,
                new HelloInput("x"),
                new StartOptions { Tags = new Dictionary<string, string> { ["customer"] = "a\0b" } },
                Cancel));

        error.Message.ShouldContain("without U+0000");
    }

    [Fact]
    public async Task Messages_WithU0000_AreRefused_AndInsideAPayloadTheyAreKept()
    {
        var handle = await shared.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);

        await Should.ThrowAsync<ArgumentException>(() => handle.SignalAsync("go\0", 1, cancellationToken: Cancel));
        await Should.ThrowAsync<ArgumentException>(() => handle.SignalAsync("go", 1, "id\0", Cancel));
        await Should.ThrowAsync<ArgumentException>(() => handle.PauseAsync("text\0", cancellationToken: Cancel));
        await Should.ThrowAsync<ArgumentException>(() => handle.KillAsync("text\0", cancellationToken: Cancel));
        await Should.ThrowAsync<ArgumentException>(() =>
            shared.Client.ListPageAsync(new ProcessQuery { Type = "a\0" }, Cancel));

        (await handle.SignalAsync("other", "kept\0", cancellationToken: Cancel)).WasStored.ShouldBeTrue();
        (await handle.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeFalse();
    }
}

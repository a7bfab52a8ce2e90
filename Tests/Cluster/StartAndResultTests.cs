using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

public sealed class StartAndResultTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    [Fact]
    public async Task Hello_FiveSteps_ReturnsOutput()
    {
        var handle = await shared.Client.StartAsync(Types.Hello, new HelloInput("World"), cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel)).Text.ShouldBe("Hello World after 5 steps");
        (await handle.GetStatusAsync(Cancel)).Summary.Version.ShouldBe(6);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

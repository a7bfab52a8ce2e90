using Orleans.Workflows.Testing;

public sealed class GreetTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Greet_SaysHello()
    {
        await using var cluster = await new WorkflowTestClusterBuilder().AddProcess<Greet>().StartAsync(Cancel);

        var process = await cluster.Client.StartAsync(
            Greetings.Greet,
            new GreetInput("Ada"),
            cancellationToken: Cancel);
        await cluster.RunToEndAsync(process, cancellationToken: Cancel);

        Assert.Equal("Hello Ada", (await process.GetResultAsync(Cancel)).Text);
    }

    [Fact]
    public async Task Greet_WhereverItCrashes_SaysHello() => await Sweep.EveryCrashPointAsync<Greet>(
        new GreetInput("Ada"),
        run => Assert.Equal("Hello Ada", run.Output<GreetOutput>().Text),
        cancellationToken: Cancel);
}

using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Timing;

/// <summary>What never rests, and what awaits nothing that anybody can bring: both are said, and soon.</summary>
public sealed class RestlessTests : IAsyncLifetime
{
    /// <summary>Below the 30 seconds after which the last resort speaks.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private readonly Gate _gate = new();
    private CancellationTokenSource _limit = new();
    private WorkflowTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await new WorkflowTestClusterBuilder()
            .AddProcess<Restless>()
            .AddService(_gate)
            .WithStepPatience(TimeSpan.FromSeconds(3))
            .StartAsync(TestContext.Current.CancellationToken);
        _limit = new CancellationTokenSource(Limit, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Opened.TrySetResult();
        _limit.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Settle_WithAnEndlessOutline_SaysSo()
    {
        var handle = await StartAsync("never");

        var e = await Should.ThrowAsync<WorkflowTestException>(_cluster.SettleAsync(_limit.Token));

        ShouldSayWhatToDo(e, handle);
    }

    [Fact]
    public async Task RunToEnd_WithAnEndlessOutline_SaysSo()
    {
        var handle = await StartAsync("never");

        var e = await Should.ThrowAsync<WorkflowTestException>(
            _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token));

        ShouldSayWhatToDo(e, handle);
    }

    [Fact]
    public async Task RunToEnd_WithAStepWithoutATimeout_ThatAwaitsWhatDoesNotCome_SaysWhatToDo()
    {
        var handle = await StartAsync("gate");

        var e = await Should.ThrowAsync<WorkflowTestException>(
            _cluster.RunToEndAsync(handle, cancellationToken: _limit.Token));

        e.Message.ShouldContain($"{handle.Id}: its step runs and awaits no time by step.TimeProvider.");
        e.Message.ShouldContain("WorkflowTestClusterBuilder.WithStepPatience(…)");
    }

    private static void ShouldSayWhatToDo(WorkflowTestException e, ProcessHandle handle)
    {
        e.Message.ShouldStartWith($"The process {handle.Id} (timing/restless) does not come to rest: it has committed");
        e.Message.ShouldContain("have it wait in each round, by WaitFor or Delay");
        e.Message.ShouldContain("handle.UntilAsync(…)");
    }

    private Task<ProcessHandle<DozerOutput>> StartAsync(string until) =>
        _cluster.Client.StartAsync(Restless.Type, new DozerInput(until), cancellationToken: _limit.Token);
}

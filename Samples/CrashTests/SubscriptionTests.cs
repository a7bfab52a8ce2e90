using Orleans.Workflows.Testing;

namespace Samples.CrashTests;

/// <summary>
/// What a team tests of its process: what it does in two weeks, and that it bears a crash at every point.
/// </summary>
public sealed class SubscriptionTests
{
    private static readonly Subscription Ada = new("Ada", 9.90m);

    [Fact]
    public async Task Trial_IsOver_TheCustomerIsCharged()
    {
        var effects = new EffectLedger();
        await using var cluster = await StartAsync(effects);
        var began = cluster.Time.Now;

        var subscription = await cluster.Client.StartAsync(
            Subscriptions.Careful,
            Ada,
            cancellationToken: TestContext.Current.CancellationToken);
        await cluster.RunToEndAsync(subscription, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Ada pays 9.90", Assert.Single(effects.Effects).What);
        Assert.Equal(TimeSpan.FromDays(14), cluster.Time.Now - began);
    }

    [Fact]
    public async Task Trial_IsCancelled_NobodyPays()
    {
        var effects = new EffectLedger();
        await using var cluster = await StartAsync(effects);
        var script = ProcessScript.Empty.WhenWaitingFor("cancel").Signal("cancel", "too dear");

        var subscription = await cluster.Client.StartAsync(
            Subscriptions.Careful,
            Ada,
            cancellationToken: TestContext.Current.CancellationToken);
        await cluster.RunToEndAsync(subscription, script, TestContext.Current.CancellationToken);

        Assert.False((await subscription.GetResultAsync(TestContext.Current.CancellationToken)).Charged);
        Assert.Empty(effects.Effects);
    }

    [Fact]
    public async Task Careful_CrashAtEveryPoint_ChargesOnce()
    {
        var report = await Sweep.EveryCrashPointAsync<CarefulSubscription>(
            Ada,
            run => Assert.Equal("Ada pays 9.90", Assert.Single(run.Effects).What),
            options => options.Cluster.AddService<IPayments>(new FakePayments(options.Effects)),
            TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{report}");
    }

    [Fact]
    public async Task Careless_CrashAtEveryPoint_IsFoundOut()
    {
        var failure = await Assert.ThrowsAsync<SweepFailedException>(() =>
            Sweep.EveryCrashPointAsync<CarelessSubscription>(
                Ada,
                configure: options => options.Cluster.AddService<IPayments>(new FakePayments(options.Effects)),
                cancellationToken: TestContext.Current.CancellationToken));

        TestContext.Current.TestOutputHelper?.WriteLine(failure.Message);
        Assert.NotEmpty(failure.CrashPoints);
        Assert.Contains("Ada pays 9.90", failure.Message, StringComparison.Ordinal);
    }

    private static Task<WorkflowTestCluster> StartAsync(EffectLedger effects) => new WorkflowTestClusterBuilder()
        .AddProcess<CarefulSubscription>()
        .AddService<IPayments>(new FakePayments(effects))
        .StartAsync(TestContext.Current.CancellationToken);
}

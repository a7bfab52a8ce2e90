using System.Diagnostics;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>Parents of thousands of children.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class FanOutTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    [Theory]
    [InlineData(null)]
    [InlineData(50)]
    public async Task ManyChildren_AreAllAwaitedWithoutAWriteOfTheParentForEach(int? bound)
    {
        // The engine is the same on every store and for every bound: one case has thousands.
        var many = Kind == StoreKind.Memory && bound is null ? 2_000 : 1_000;
        var began = Stopwatch.GetTimestamp();
        var process = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(many, bound),
            new StartOptions { Id = NewId() },
            Cancel);

        // It is about writes, not about time: a machine with much else to do may take its time.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        var output = await process.GetResultAsync(limit.Token);

        var took = Stopwatch.GetElapsedTime(began);
        var version = (await process.GetStatusAsync(limit.Token)).Summary.Version;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{many} children on {Kind}, {bound} at a time: {took.TotalSeconds:0.0} s, {version} commits of the parent"
        );
        output.Numbers.ShouldBe(Enumerable.Range(0, many));
        Stage.GaugeOf(process.Id).Most.ShouldBeLessThanOrEqualTo(bound ?? many);

        // A slice of 100 children a commit, half of the bound or 128 ends a commit, and besides one every 100 ms.
        version.ShouldBeLessThan((many / 100) + (many / (bound / 2 ?? 128)) + (int)(took.TotalSeconds * 10) + 50);
    }

    [Fact]
    public async Task SlowChildren_OfManyThatEndOneByOne_AreTakenInTogether()
    {
        var process = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(100, Gated: true),
            new StartOptions { Id = NewId() },
            Cancel);
        var gauge = Stage.GaugeOf(process.Id);
        await UntilAsync("all children run", () => Task.FromResult(gauge.Inside), static inside => inside == 100);
        var before = (await process.GetStatusAsync(Cancel)).Summary.Version;
        var began = Stopwatch.GetTimestamp();

        for (var index = 0; index < 100; index++)
        {
            Stage.Reach(process.Id.Child(0, index), "go");
            await UntilAsync("it has ended", () => Task.FromResult(gauge.Inside), inside => inside == 99 - index);
        }

        await process.WaitAsync(Cancel);
        var looks = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * 10) + 16 + 10;
        ((await process.GetStatusAsync(Cancel)).Summary.Version - before).ShouldBeLessThan(
            looks,
            "it looks ten times a second, and at each of the last sixteen");
    }

    [Fact]
    public async Task Kill_OfAParentOfMany_EndsThoseThatRunAndThoseThatAreHeld()
    {
        var process = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(250, Bound: 10, Gated: true),
            new StartOptions { Id = NewId() },
            Cancel);
        var gauge = Stage.GaugeOf(process.Id);
        await UntilAsync("ten run", () => Task.FromResult(gauge.Inside), static inside => inside == 10);
        await StatusAsync(process, "waits for its children", static status =>
            status.WaitingFor == "250 of 250 children of step 0 to end, no more than 10 at a time.");

        await process.KillAsync("enough", cancellationToken: Cancel);

        await process.WaitAsync(Cancel);
        var children = await UntilAsync(
            "all children are killed",
            async () =>
                (await process.GetTreeAsync(Cancel))
                    .Flatten()
                    .Skip(1)
                    .Select(static member => member.Process.State)
                    .ToList(),
            static states => states.All(static state => state == ProcessState.Killed));
        children.Count.ShouldBe(250);
        gauge.Most.ShouldBe(10, "none of those that were held has run");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BoundOfAnOutline_Binds(bool intoContext)
    {
        var process = await Client.StartAsync(
            FanBoundChain.Type,
            new FanBoundInput(12, intoContext),
            new StartOptions { Id = NewId() },
            Cancel);
        var gauge = Stage.GaugeOf(process.Id);
        await UntilAsync("three run", () => Task.FromResult(gauge.Inside), static inside => inside == 3);

        for (var index = 0; index < 12; index++)
        {
            Stage.Reach(process.Id.Child(1, index), "go");
        }

        (await process.GetResultAsync(Cancel)).Numbers.ShouldBe(Enumerable.Range(0, 12));
        gauge.Most.ShouldBe(3);
    }

    [Fact]
    public async Task ManyThatMustSucceed_AndOneDoesNot_FailTheParent()
    {
        var process = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(150, Gated: true, MustSucceed: true),
            new StartOptions { Id = NewId() },
            Cancel);
        var gauge = Stage.GaugeOf(process.Id);
        await UntilAsync("all children run", () => Task.FromResult(gauge.Inside), static inside => inside == 150);

        await Client.GetHandle(process.Id.Child(0, 140)).KillAsync("not you", cancellationToken: Cancel);
        for (var index = 0; index < 150; index++)
        {
            Stage.Reach(process.Id.Child(0, index), "go");
        }

        (await process.WaitAsync(Cancel)).Message.ShouldBe(
            $"The child {process.Id}/0.140, which must succeed, is Killed with exit code 10: not you");
    }

    [Fact]
    public async Task BoundBelowOne_IsAFailureOfTheStep()
    {
        var process = await Client.StartAsync(
            FanOutProcess.Type,
            new FanOutInput(3, Bound: 0),
            new StartOptions { Id = NewId() },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<ArgumentOutOfRangeException>().ShouldBeTrue();
    }

    [Fact]
    public async Task ResultsThatDoNotFitIntoTheContext_AreATypedFailure()
    {
        var process = await Client.StartAsync(
            FanBoundChain.Type,
            new FanBoundInput(50, IntoContext: true, Gated: false, Size: 100_000),
            new StartOptions { Id = NewId() },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Failure!.IsCausedBy<PayloadException>().ShouldBeTrue();
        outcome.Message.ShouldNotBeNull().ShouldContain("context");
        outcome.Message.ShouldContain("4,194,304");
    }
}

/// <summary>Parents of thousands of children in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Memory);

/// <summary>Parents of thousands of children on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Sqlite);

/// <summary>Parents of thousands of children on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresFanOutTests(Stores stores) : FanOutTest(stores, StoreKind.Postgres);

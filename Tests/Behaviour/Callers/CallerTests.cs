using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>
/// Steps, hooks and listeners that use the client of their own silo, each in a silo where nobody has used it before.
/// </summary>
public sealed class CallerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Use.Start)]
    [InlineData(Use.Create)]
    [InlineData(Use.Execute)]
    [InlineData(Use.Wait)]
    [InlineData(Use.OnFinish)]
    public async Task Client_FirstUsedInAStep_DoesWhatItIsAskedFor(Use use)
    {
        await using var cluster = await BehaviourCluster.StartAsync(StoreKind.Memory);
        var other = await cluster.Client.StartAsync(Worker.Type, new WorkInput("ok", 7), cancellationToken: Cancel);

        var caller = await cluster.Client.StartAsync(
            CallerProcess.Type,
            new CallerInput(use, other.Id.Value),
            cancellationToken: Cancel);
        var output = await caller.GetResultAsync(Cancel);

        output.Number.ShouldBe(7);
        (await caller.GetStatusAsync(Cancel)).Attempt.ShouldBe(
            1,
            "the next attempt would not be the first to use the client");
    }

    [Theory]
    [InlineData(Place.OnRun, Use.Start)]
    [InlineData(Place.OnRun, Use.OnFinish)]
    [InlineData(Place.OnFinish, Use.Wait)]
    [InlineData(Place.OnEnded, Use.Create)]
    [InlineData(Place.Listener, Use.Execute)]
    [InlineData(Place.Listener, Use.OnFinish)]
    public async Task Client_FirstUsedInAHookOrAListener_DoesWhatItIsAskedFor(Place place, Use use)
    {
        await using var cluster = await BehaviourCluster.StartAsync(
            StoreKind.Memory,
            static options => options.GracePeriod = TimeSpan.FromSeconds(30));
        var id = ProcessId.Parse("caller");
        await cluster.Client.StartAsync(
            Worker.Type,
            new WorkInput("ok", 7),
            new StartOptions { Id = ProcessId.Parse($"other-of-{id}") },
            Cancel);
        cluster.Stage.Reach(id, $"in {place}");
        cluster.Stage.Reach(id, $"do {use}");

        var caller = await cluster.Client.StartAsync(
            CallerProcess.Type,
            new CallerInput(Use.Nothing),
            new StartOptions { Id = id },
            Cancel);

        (await caller.WaitAsync(Cancel)).ShouldSatisfyAllConditions(
            static outcome => outcome.Message.ShouldBeNull(),
            static outcome => outcome.IsSuccess.ShouldBeTrue());
        await cluster.Stage.ReachedAsync(id, "used", Cancel);
        cluster.Stage.NotesOf(id).ShouldBe(["7"]);
    }

    [Fact]
    public async Task StepThatFails_StartsOneProcessWithADerivedId_AndOneForEachAttemptWithout()
    {
        await using var cluster = await BehaviourCluster.StartAsync(StoreKind.Memory);

        var derived = await StartedAsync(cluster, Use.Derived);
        var anonymous = await StartedAsync(cluster, Use.Anonymous);
        await StartedAsync(cluster, Use.Anonymous);

        derived.ShouldHaveSingleItem();
        anonymous.Count.ShouldBe(2);
        cluster
            .Log.Lines.Where(static line => line.StartsWith("400070 ", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                line => line.ShouldContain("behaviour/caller"),
                line => line.ShouldContain("behaviour/worker"),
                line => line.ShouldContain("step.NewId"));
    }

    private static async Task<IReadOnlyList<ProcessSummary>> StartedAsync(BehaviourCluster cluster, Use use)
    {
        var caller = await cluster.Client.StartAsync(
            CallerProcess.Type,
            new CallerInput(use),
            cancellationToken: Cancel);
        (await caller.WaitAsync(Cancel)).IsSuccess.ShouldBeTrue();
        return await cluster
            .Client.ListAsync(
                new ProcessQuery { Tags = new Dictionary<string, string> { ["caller"] = caller.Id.Value } },
                Cancel)
            .ToListAsync(Cancel);
    }
}

using Orleans.Workflows.Shared.Processes;
using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster;

/// <summary>A definition that takes the client: silos of the Testing package have it, as those of production.</summary>
public sealed class SiloClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Definition_ThatTakesTheClient_StartsAProcessInATestCluster()
    {
        await using var cluster = await new WorkflowTestClusterBuilder()
            .AddProcess<Hello>()
            .AddProcess<Asker>()
            .StartAsync(Cancel);

        var asked = await cluster.Client.StartAsync(Asker.Type, new HelloInput("Ada"), cancellationToken: Cancel);

        (await asked.GetResultAsync(Cancel)).Text.ShouldContain("Ada");
        var started = await cluster
            .Client.ListAsync(new ProcessQuery { Type = Types.Hello.Name }, Cancel)
            .ToListAsync(Cancel);
        started.ShouldHaveSingleItem();
    }

    [Process("test/asker")]
    private sealed class Asker(IProcessClient client) : Process<HelloInput, HelloOutput>
    {
        public static readonly ProcessType<HelloInput, HelloOutput> Type = new("test/asker");

        protected override async Task<StepResult> RunAsync(StepContext step)
        {
            var options = new StartOptions { Id = step.NewId("hello"), IfExists = IfExists.UseExisting };
            return Finish(await client.ExecuteAsync(Types.Hello, Input, options, step.CancellationToken));
        }
    }
}

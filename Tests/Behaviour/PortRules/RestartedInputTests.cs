using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs that another silo has stored.</summary>
/// <param name="stores">The clusters.</param>
[Collection("restarts on SQLite")]
public sealed class RestartedInputTests(Stores stores) : BehaviourTest(stores, StoreKind.Sqlite)
{
    /// <inheritdoc/>
    protected override ClusterUse Use => ClusterUse.Restarted;

    [Fact]
    public async Task ComputedDefault_OverARestart_StaysTheSame()
    {
        var input = """{"address":{"city":"Bern","street":"hold"}}"""u8.ToArray();
        var process = await Client.StartJsonAsync(
            ShipChain.Type.Name,
            input,
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);

        var stored = WorkflowJson.Read<ShipInput>((await process.GetCheckpointAsync(Cancel)).Input, "input")!;
        await Cluster.RestartAsync();

        await process.SignalAsync("go", "now", cancellationToken: Cancel);
        (await Client.GetHandle<ShipOutput>(process.Id).GetResultAsync(Cancel)).Seen.ShouldBe(
            Enumerable.Repeat($"{stored.Ticket} 0", 3));
    }
}

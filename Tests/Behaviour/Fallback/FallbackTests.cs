using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Messages;

namespace Orleans.Workflows.Behaviour.Fallback;

/// <summary>What a silo has in memory is of no use any more: its database fell back.</summary>
/// <param name="stores">The clusters.</param>
public sealed class FallbackTests(Stores stores) : BehaviourTest(stores, StoreKind.Sqlite)
{
    [Fact]
    public async Task Wait_ForAProcessThatIsGone_SaysSo()
    {
        var process = await WaitingAsync();
        var waiting = process.WaitAsync(Cancel);

        await Cluster.Hand.DeleteAsync(process.Id);

        // It is in memory still, and hears nothing of it until somebody asks again: clients do every 15 s.
        await Should.ThrowAsync<ProcessNotFoundException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(25), Cancel));
        await Should.ThrowAsync<ProcessNotFoundException>(() =>
            Client.GetHandle(process.Id).WaitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }

    [Fact]
    public async Task Activation_OfAnotherHistory_GivesWay_AndTheStoredOneGoesOn()
    {
        var process = await WaitingAsync();
        var waiting = process.GetResultAsync(Cancel);
        await Cluster.Hand.ChangeAsync(process.Id, "checkpoint", static checkpoint =>
        {
            var other = JsonNode.Parse(checkpoint)!;
            other["context"] = new JsonObject { ["taken"] = 4 };
            return JsonSerializer.SerializeToUtf8Bytes(other);
        });
        await Cluster.Hand.SetOperationAsync(process.Id, Guid.NewGuid());

        await process.SignalAsync("item", "last", cancellationToken: Cancel);

        (await waiting).Taken.ShouldBe(5, "the other history had taken four");
        var versions = await process
            .GetHistoryAsync(cancellationToken: Cancel)
            .Select(static entry => entry.Version)
            .ToListAsync(Cancel);
        versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(static version => (long)version));
    }

    [Fact]
    public async Task Start_OfAnIdThatIsGone_IsANewProcess()
    {
        var process = await WaitingAsync();
        await Cluster.Hand.DeleteAsync(process.Id);

        // Whoever held the first one in memory gives way to the second.
        await UntilAsync(
            "the id can be started again",
            async () =>
            {
                try
                {
                    return await Client.StartAsync(
                        TakerProcess.Type,
                        new TakerInput(1),
                        new StartOptions { Id = process.Id },
                        Cancel);
                }
                catch (ProcessAlreadyExistsException)
                {
                    return null;
                }
            },
            static again => again is not null);
        await process.SignalAsync("item", "first", cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Taken.ShouldBe(1);
    }

    private async Task<ProcessHandle<TakerOutput>> WaitingAsync()
    {
        var process = await Client.StartAsync(
            TakerProcess.Type,
            new TakerInput(1),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }
}

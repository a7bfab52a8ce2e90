using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>What a live silo would not know what to do with is refused at its source.</summary>
public sealed class OlderSiloTests
{
    [Theory]
    [InlineData(MessageKind.EditInput)]
    [InlineData(MessageKind.Drop)]
    public async Task Message_ThatALiveSiloDoesNotKnow_IsRefusedBeforeItIsStored(MessageKind kind)
    {
        var cluster = new FakeCluster()
            .Has(0, AnnouncedTypes.Write(new DefinitionRegistry([])))
            .Has(1, $$"""{"types":{},"format":{{Checkpoint.FormatOfInput - 1}}}""");
        var store = new MemoryProcessStore();
        var messages = new GatewayMessages(
            store,
            new EngineClock(new FakeTimeProvider()),
            cluster.Types,
            definitions: null!,
            awaited: null!,
            places: null!,
            overdueKill: null!);
        var edit = new MessageRequest
        {
            Receiver = A.Id,
            MessageId = "edit-1",
            Kind = kind,
            Payload = "{}"u8.ToArray(),
        };

        var missing = await messages.SendAsync(edit, TestContext.Current.CancellationToken);
        await store.CommitAsync(Machine.Start(paused: true).Last.Commit!, TestContext.Current.CancellationToken);
        var reply = await messages.SendAsync(edit, TestContext.Current.CancellationToken);

        missing.Status.ShouldBe(MessageStatus.NotFound);
        reply.Status.ShouldBe(MessageStatus.Refused);
        reply.Faults.ShouldHaveSingleItem().ShouldStartWith(
            $"The silo silo-1001 is of an older version, which does not know the message {kind}.");
    }
}

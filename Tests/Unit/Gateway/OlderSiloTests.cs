using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>What a silo of an older version would make nothing of is refused while there is one.</summary>
public sealed class OlderSiloTests
{
    private readonly FakeCluster _cluster = new();

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task EditInput_BesideASiloOfAnOlderFormat_IsRefused(int older, bool isRefused)
    {
        var format = Checkpoint.CurrentFormat;
        _cluster.Has(0, $$"""{"types":{"order":1},"format":{{format}}}""").Has(1, $$"""{"types":{},"format":{{format + older}}}""");

        var refusal = await RefuseAsync();

        (refusal?.Faults is [var fault] && fault.Contains("is of an older version, which cannot change an input", StringComparison.Ordinal)).ShouldBe(isRefused);
    }

    [Fact]
    public async Task EditInput_BesideASiloThatSaysNothing_IsRefused()
    {
        _cluster.Has(0, $$"""{"types":{"order":1},"format":{{Checkpoint.CurrentFormat}}}""").Has(1, text: null);

        (await RefuseAsync()).ShouldNotBeNull().Faults.ShouldHaveSingleItem().ShouldContain("is of an older version");
    }

    private Task<MessageReply?> RefuseAsync()
    {
        var request = new MessageRequest { Receiver = A.Id, MessageId = "edit-1", Kind = MessageKind.EditInput, Payload = "{}"u8.ToArray() };
        return new ClusterDefinitions(new DefinitionRegistry([]), _cluster.Types, grains: null!)
            .RefuseAsync(request, new LoadedProcess(Machine.Start(paused: true).Row with { Type = "unknown" }, []), TestContext.Current.CancellationToken);
    }
}

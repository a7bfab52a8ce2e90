using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Messages of a kind that only a later version knows.</summary>
public sealed class UnknownKindTests
{
    private const MessageKind Later = (MessageKind)42;

    [Fact]
    public void UnknownKind_StaysUnseen_AndTheProcessGoesOn()
    {
        var machine = Machine.Start();
        var later = machine.Put(Later);
        machine.Deliver();

        machine.Return(A.AwaitSignal());
        machine.Signal();

        machine.Position.ShouldBe("OnSignal");
        machine.SeenOf(later.MessageId).ShouldBe(MessageSeen.Unseen, "a silo that knows it takes it");
    }

    [Theory]
    [InlineData(MessageKind.Kill)]
    [InlineData(MessageKind.ForceKill)]
    public void UnknownKind_BeforeAKill_DoesNotHinderIt(MessageKind kill)
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.Put(Later);

        machine.Send(kill);

        machine.Row.State.ShouldBe(ProcessState.Killed);
        machine.History.ShouldContain(static e =>
            e.Kind == HistoryKind.MessageRefused && e.Text == "message of the unknown kind 42");
    }

    [Fact]
    public void UnknownKind_AfterTheEnd_IsRefused()
    {
        var machine = Machine.Start();
        machine.Return(A.End());
        var later = machine.Put(Later);

        machine.Deliver();

        machine.SeenOf(later.MessageId).ShouldBe(MessageSeen.Refused);
    }

    [Fact]
    public void EachKnownKind_IsKeptOrAControl_AndAnUnknownOneIsNothing()
    {
        MessageKinds.Known.ShouldAllBe(static kind => kind.IsKnown() && (kind.IsKept() ^ kind.IsControl()));
        MessageKinds.KeptNumbers.ShouldBe("1, 5");
        Later.ShouldSatisfyAllConditions(
            static later => later.IsKnown().ShouldBeFalse(),
            static later => later.IsControl().ShouldBeFalse(),
            static later => later.IsKept().ShouldBeFalse(),
            static later => later.IsForClients().ShouldBeFalse());
    }
}

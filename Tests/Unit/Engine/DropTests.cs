using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Signals that an operator drops, and those that their step cannot read.</summary>
public sealed class DropTests
{
    [Fact]
    public void Drop_OfAKeptSignal_LeavesTheNextToTheWait()
    {
        var machine = Machine.Start();
        machine.Send(MessageKind.Signal, "paid", "1", "s:mail-1");
        machine.Send(MessageKind.Signal, "paid", "2", "s:mail-2");

        machine.Send(MessageKind.Drop, "ann: sent twice", "\"mail-1\"");
        machine.Return(A.AwaitSignal());

        machine.SeenOf("s:mail-1").ShouldBe(MessageSeen.Refused);
        machine.Runs[^1].Args.ShouldBe("2");
        machine.History.ShouldContain(
            new HistoryEvent(HistoryKind.SignalDropped, "signal 'paid' with the id mail-1: ann: sent twice"));
        machine.History.ShouldContain(
            new HistoryEvent(HistoryKind.MessageKept, "signal 'paid' with the id mail-2"), "so that it can be dropped");
    }

    /// <summary>Until the step has ended, no control has an effect; then it comes before the wait.</summary>
    [Fact]
    public void Drop_WhileAStepRuns_ComesBeforeItsWait()
    {
        var machine = Machine.Start();
        machine.Put(MessageKind.Signal, "paid", "1", "s:mail-1");
        var drop = machine.Put(MessageKind.Drop, payload: "\"mail-1\"");
        machine.Deliver();
        machine.SeenOf(drop.MessageId).ShouldBe(MessageSeen.Unseen);

        machine.Return(A.AwaitSignal());

        machine.Row.State.ShouldBe(ProcessState.Waiting);
        machine.SeenOf(drop.MessageId).ShouldBe(MessageSeen.Consumed);
        machine.SeenOf("s:mail-1").ShouldBe(MessageSeen.Refused);
        machine.History.ShouldContain(
            new HistoryEvent(HistoryKind.SignalDropped, "signal 'paid' with the id mail-1: no note"));
    }

    [Theory]
    [InlineData("\"mail-2\"")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("")]
    public void Drop_OfWhatIsNotThere_IsRefused(string payload)
    {
        var machine = Machine.Waiting(new Directive.AwaitTime(TimeSpan.FromMinutes(1), "OnTime"));
        machine.Send(MessageKind.Signal, "paid", "1", "s:mail-1");

        var drop = machine.Put(MessageKind.Drop, payload: payload);
        machine.Deliver();

        machine.SeenOf(drop.MessageId).ShouldBe(MessageSeen.Refused);
        machine.SeenOf("s:mail-1").ShouldBe(MessageSeen.Parked);
    }

    [Fact]
    public void SignalThatItsStepCannotRead_StaysBeforeTheOthers_UntilItIsDropped()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.FaultOfArgument = static (position, json) =>
            position == "OnSignal" && json is [(byte)'"', ..] ? "it is no number" : null;
        machine.Send(MessageKind.Signal, "paid", "\"one\"", "s:mail-1");
        machine.Send(MessageKind.Signal, "paid", "2", "s:mail-2");

        machine.Checkpoint.Incident.ShouldNotBeNull().ShouldSatisfyAllConditions(
            static incident => incident.Code.ShouldBe(IncidentCode.PayloadUnreadable),
            static incident => incident.Text.ShouldBe(
                "The signal 'paid' with the id mail-1 cannot be read by the step 'OnSignal', and the process waits for "
                + "it: it is no number."),
            static incident => incident.Remedy.ShouldStartWith("Drop it (owf drop order-1 'mail-1') and retry"));
        machine.SeenOf("s:mail-1").ShouldBe(MessageSeen.Parked, "nobody has taken it");
        machine.Send(MessageKind.Retry);
        machine.Checkpoint.Incident.ShouldNotBeNull("it is still there");

        machine.Send(MessageKind.Drop, "ann", "\"mail-1\"");
        machine.Checkpoint.Incident.ShouldNotBeNull("it stays until it is retried");
        machine.Send(MessageKind.Retry);

        machine.Runs[^1].ShouldBe(("OnSignal", 1, 1, "2"));
    }

    /// <summary>Who may send signals chooses their ids, and an operator pastes the remedy.</summary>
    [Theory]
    [InlineData("it's; rm x; '", @"owf drop order-1 'it'\''s; rm x; '\''')")]
    [InlineData("a\rb", "owf drop order-1 SIGNAL-ID)")]
    [InlineData("a\u202eb", "owf drop order-1 SIGNAL-ID)")]
    public void Remedy_OfASignalWithAHostileId_CanBePasted(string id, string command)
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.FaultOfArgument = static (_, _) => "it is no number";
        machine.Send(MessageKind.Signal, "paid", "\"one\"", $"s:{id}");

        machine.Checkpoint.Incident.ShouldNotBeNull().Remedy.ShouldContain(command);
    }

    [Fact]
    public void SignalThatItsStepCannotRead_IsTakenByADefinitionThatCan()
    {
        var machine = Machine.Waiting(A.AwaitSignal());
        machine.FaultOfArgument = static (_, _) => "it is no number";
        machine.Send(MessageKind.Signal, "paid", "\"one\"", "s:mail-1");
        machine.FaultOfArgument = null;

        machine.Send(MessageKind.Retry);

        machine.Runs[^1].Args.ShouldBe("\"one\"");
    }
}

using System.Text;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>Times in signals, which have to say their zone wherever a step reads them.</summary>
public sealed class SignalChecksTests
{
    private const string Fault = "a date and time with its zone is expected";

    [Theory]
    [InlineData("""{"2026-01-31T12:00:00":1}""", true)]
    [InlineData("""{"2026-01-31T12:00:00Z":1}""", false)]
    [InlineData("""{"2026-01-31T12:00:00+01:00":1}""", false)]
    [InlineData("""{"a name of some length":"a text of some length"}""", false)]
    [InlineData("""{"at":"2026-01-31T12:00:00"}""", true)]
    [InlineData("""[["2026-01-31"]]""", true)]
    [InlineData("""{"at":"2026-01-31T12:00:00Z"}""", false)]
    [InlineData("20260131120000", false)]
    public void Payload_WithATimeWithoutAZone_IsLookedAt(string payload, bool expected) =>
        SignalChecks.MayLackAZone(Encoding.UTF8.GetBytes(payload)).ShouldBe(expected);

    [Theory]
    [InlineData("""{"2026-01-31T12:00:00":1}""", true)]
    [InlineData("""{"2026-01-31T12:00:00Z":1}""", false)]
    public void Key_ThatIsATimeWithoutAZone_IsRefused(string payload, bool isRefused)
    {
        var signal = new MessageRequest
        {
            Receiver = A.Id,
            MessageId = "s:1",
            Kind = MessageKind.Signal,
            Name = "counts",
            Payload = Encoding.UTF8.GetBytes(payload),
        };
        SignalChecks.IsNeeded(signal).ShouldBe(isRefused, "most signals have no such text and cost no look");

        var fault = SignalChecks.FaultOf(signal, Machine.Start().Row, OutlineWalk.Sound(typeof(Counts)));

        (fault?.Contains(Fault, StringComparison.Ordinal) ?? false).ShouldBe(isRefused, fault);
    }

    [Process("counts")]
    private sealed class Counts : Chain
    {
        protected override void Define(OutlineBuilder outline) =>
            outline.WaitFor<Dictionary<DateTimeOffset, int>>("counts", Take);

        private Task Take(StepContext step, Dictionary<DateTimeOffset, int> counts) =>
            A(step);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Ports that are times: each says its zone.</summary>
public sealed class TimePortTests
{
    private static readonly PortTree Ports = PortTree.Of(typeof(Appointment));

    [Theory]
    [InlineData("""{"at":"2026-01-31T12:00:00"}""", "inputs.at")]
    [InlineData("""{"at":"2026-01-31"}""", "inputs.at")]
    [InlineData("""{"at":"2026-01-31T12:00:00Z","end":"2026-01-31T12:00:00.5"}""", "inputs.end")]
    [InlineData(
        """{"at":"2026-01-31T12:00:00Z","others":["2026-01-31T12:00:00Z","2026-01-31T12:00:00"]}""",
        "inputs.others[1]"
    )]
    public void Time_WithoutAZone_IsAFault(string json, string path) =>
        Ports.Check(Encoding.UTF8.GetBytes(json), "inputs").ShouldHaveSingleItem()
            .ShouldStartWith($"{path}: a date and time with its zone such as 2026-01-31T12:00:00Z is expected");

    [Theory]
    [InlineData("""{"at":"2026-01-31T12:00:00Z"}""")]
    [InlineData("""{"at":"2026-01-31T12:00:00+05:30","end":null,"others":[]}""")]
    [InlineData("""{"at":"2026-01-31T12:00:00-08:00","local":"2026-01-31T12:00:00","day":"2026-01-31"}""")]
    public void Time_WithAZone_IsTaken(string json) =>
        Ports.Check(Encoding.UTF8.GetBytes(json), "inputs").ShouldBeEmpty();

    [Fact]
    public void Output_WithoutAZone_IsAFault() =>
        Ports
            .CheckPart("at", JsonValue.Create("2026-01-31T12:00:00"), "outputs", out _)
            .ShouldHaveSingleItem()
            .ShouldStartWith("outputs.at: ");

    [Fact]
    public void Schema_SaysThatItIsATime()
    {
        var ports = Ports.Schema()["properties"]!;

        ports["at"]!.ToJsonString().ShouldBe("""{"type":"string","format":"date-time"}""");
        ports["end"]!.ToJsonString().ShouldBe("""{"type":["string","null"],"format":"date-time","default":null}""");
        ports["others"]!["items"]!.ToJsonString().ShouldBe("""{"type":"string","format":"date-time"}""");
    }

    private sealed record Appointment(
        DateTimeOffset At,
        DateTimeOffset? End = null,
        IReadOnlyList<DateTimeOffset>? Others = null,
        DateTime? Local = null,
        DateOnly? Day = null);
}

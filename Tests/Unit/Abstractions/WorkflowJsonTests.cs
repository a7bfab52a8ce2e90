using System.Text;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Unit.Abstractions;

public sealed class WorkflowJsonTests
{
    private enum Size
    {
        Small,
        Large,
    }

    [Fact]
    public void Payload_IsCamelCaseWithEnumsAsText()
    {
        var json = WorkflowJson.Write(new Parcel("a", Size.Large), "input");

        Encoding.UTF8.GetString(json).ShouldBe("""{"name":"a","size":"Large"}""");
        WorkflowJson.Read<Parcel>(json, "input").ShouldBe(new Parcel("a", Size.Large));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null,"size":"Small"}""")]
    [InlineData("""{"name":"a","size":"Huge"}""")]
    [InlineData("""{"name":1,"size":"Small"}""")]
    [InlineData("""{"name":"a","size":"Small"} x""")]
    [InlineData("")]
    public void Payload_OfAnotherShape_IsAPayloadException(string json) =>
        Should.Throw<PayloadException>(() => WorkflowJson.Read<Parcel>(Encoding.UTF8.GetBytes(json), "input")).Message.ShouldStartWith("The stored input cannot be read as ");

    [Fact]
    public void Payload_MayHaveTheLargestSizeAndNotAByteMore()
    {
        WorkflowJson.Write(new string('x', WorkflowJson.MaxPayloadBytes - 2), "signal").Length.ShouldBe(WorkflowJson.MaxPayloadBytes);

        Should.Throw<PayloadException>(() => WorkflowJson.Write(new string('x', WorkflowJson.MaxPayloadBytes - 1), "signal"))
            .Message.ShouldBe("The signal has 4,194,305 bytes of JSON; 4,194,304 are allowed. Store it elsewhere and pass a reference.");
    }

    [Fact]
    public void Payload_ThatCannotBeWritten_IsAPayloadException()
    {
        var ring = new Ring();
        ring.Next = ring;

        Should.Throw<PayloadException>(() => WorkflowJson.Write(ring, "output")).Message.ShouldContain("output");
        Should.Throw<PayloadException>(() => WorkflowJson.Write(typeof(string), "output"));
    }

    [Fact]
    public void Payload_WhoseTypeRefusesTheValue_IsAPayloadException() =>
        Should.Throw<PayloadException>(() => WorkflowJson.Read<Percent>("""{"value":101}"""u8, "input"));

    [Fact]
    public void Null_IsWrittenAndRead()
    {
        WorkflowJson.Write<string?>(null, "signal").ShouldBe("null"u8.ToArray());
        WorkflowJson.Read<string>("null"u8, "signal").ShouldBeNull();
    }

    private sealed record Parcel(string Name, Size Size);

    private sealed record Percent
    {
        public Percent(int value)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            Value = value;
        }

        public int Value { get; }
    }

    private sealed class Ring
    {
        public Ring? Next { get; set; }
    }
}

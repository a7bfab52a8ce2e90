using System.Text;

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
        Should
            .Throw<PayloadException>(() => WorkflowJson.Read<Parcel>(Encoding.UTF8.GetBytes(json), "input"))
            .Message.ShouldStartWith("The stored input cannot be read as ");

    [Fact]
    public void Payload_MayHaveTheLargestSizeAndNotAByteMore()
    {
        WorkflowJson
            .Write(new string('x', WorkflowJson.MaxPayloadBytes - 2), "signal")
            .Length.ShouldBe(WorkflowJson.MaxPayloadBytes);

        Should
            .Throw<PayloadException>(() =>
                WorkflowJson.Write(new string('x', WorkflowJson.MaxPayloadBytes - 1), "signal"))
            .Message.ShouldBe(
                "The signal has 4,194,305 bytes of JSON; 4,194,304 are allowed. Store it elsewhere and pass a "
                + "reference.");
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

    [Fact]
    public void Payload_WhoseOwnCodeThrows_IsAPayloadException()
    {
        Should
            .Throw<PayloadException>(() => WorkflowJson.Write(double.NaN, "output"))
            .Message.ShouldContain("cannot be written as JSON");
        Should.Throw<PayloadException>(() => WorkflowJson.Node(float.PositiveInfinity, typeof(float), "output"));
        Should
            .Throw<PayloadException>(() => WorkflowJson.Write(new Throwing(), "output"))
            .Message.ShouldContain("no value today");
        Should
            .Throw<PayloadException>(() => WorkflowJson.Read<Throwing>("""{"value":1}"""u8, "input"))
            .Message.ShouldContain("no value today");
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Payload_MayNestAsDeepAsTheLimit(int depth, bool taken)
    {
        var json = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        var value = System
            .Text.Json.JsonDocument.Parse(json, new System.Text.Json.JsonDocumentOptions { MaxDepth = 1000 })
            .RootElement;

        WorkflowJson.FaultOf(json).ShouldBe(taken ? null : "it nests more than 64 deep");
        if (!taken)
        {
            Should.Throw<PayloadException>(() => WorkflowJson.Checked(json, "signal"));
            Should.Throw<PayloadException>(() => WorkflowJson.Write(value, "signal"));
            Should.Throw<PayloadException>(() =>
                WorkflowJson.Node(value, typeof(System.Text.Json.JsonElement), "signal"));
            return;
        }

        WorkflowJson.Checked(json, "signal").ShouldBe(json);
        WorkflowJson.Write(value, "signal").ShouldBe(json);
        WorkflowJson.Read<System.Text.Json.JsonElement>(json, "signal").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Text_ThatIsNoUnicode_IsNeitherWrittenNorTaken()
    {
        Should
            .Throw<PayloadException>(() => WorkflowJson.Write("a\ud800", "signal"))
            .Message.ShouldContain("half of a surrogate pair at index 1");
        Should.Throw<PayloadException>(() =>
            WorkflowJson.Write(new Dictionary<string, int> { ["\udc00"] = 1 }, "signal"));
        Should.Throw<PayloadException>(() => WorkflowJson.Node("\ud800\ud800", typeof(string), "output"));
        Should.Throw<PayloadException>(() =>
            WorkflowJson.Write(new Dictionary<char, char> { ['a'] = '\ud800' }, "context"));
        Should.Throw<PayloadException>(() => WorkflowJson.FromText("\"\ud800\"", "patch"));
        WorkflowJson
            .FaultOf("\"\\ud800\""u8)
            .ShouldBe("a text in it has half of a surrogate pair, which is no character");
        WorkflowJson.FaultOf([(byte)'"', 0xff, (byte)'"']).ShouldBe("its bytes are not UTF-8");
        Should.Throw<PayloadException>(() => WorkflowJson.Checked("{"u8.ToArray(), "signal"))
            .Message.ShouldMatch(@"^The signal cannot be stored: it is not JSON: [^.]*\. .*[^.]\.$");
        WorkflowJson.FaultOf("\"\\ud83d\\ude00\\u0000\""u8).ShouldBeNull();
        WorkflowJson
            .Read<string>(WorkflowJson.Write("\ufffd \ud83d\ude00", "signal"), "signal")
            .ShouldBe("\ufffd \ud83d\ude00");
    }

    [Fact]
    public void Time_WithoutAZone_IsReadAsUtc()
    {
        var noon = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        WorkflowJson.Read<DateTimeOffset>("\"2026-01-31T12:00:00\""u8, "input").ShouldBe(noon);
        WorkflowJson.Read<DateTimeOffset?[]>("[\"2026-01-31T12:00:00.0\",null]"u8, "input").ShouldBe([noon, null]);
        WorkflowJson
            .Read<Dictionary<DateTimeOffset, int>>("{\"2026-01-31T12:00:00\":1}"u8, "input")!
            .Keys.ShouldHaveSingleItem()
            .ShouldBe(noon);
        WorkflowJson.Read<DateTimeOffset>("\"2026-01-31T12:00:00+02:00\""u8, "input").ShouldBe(noon.AddHours(-2));
        WorkflowJson.Read<DateTimeOffset>("\"0001-01-01T00:00:00+00:00\""u8, "input").ShouldBe(DateTimeOffset.MinValue);
    }

    [Fact]
    public void Times_AreReadBackAsTheyWere()
    {
        DateTimeOffset[] times =
        [
            default,
            DateTimeOffset.MaxValue,
            new(2026, 1, 31, 12, 0, 0, 1, TimeSpan.FromMinutes(330)),
        ];

        WorkflowJson
            .Read<DateTimeOffset[]>(WorkflowJson.Write(times, "context"), "context")!
            .Select(static time => time.ToString("O"))
            .ShouldBe(times.Select(static time => time.ToString("O")));
        WorkflowJson
            .Read<Dictionary<DateTimeOffset, int>>(
                WorkflowJson.Write(times.ToDictionary(static time => time, static _ => 1), "context"),
                "context"
            )!
            .Keys.ShouldBe(times, ignoreOrder: true);
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

    private sealed class Throwing
    {
        private readonly string _why = "no value today";

        public int Value
        {
            get => throw new InvalidTimeZoneException(_why);
            set => throw new InvalidTimeZoneException(_why);
        }
    }

    private sealed class Ring
    {
        public Ring? Next { get; set; }
    }
}

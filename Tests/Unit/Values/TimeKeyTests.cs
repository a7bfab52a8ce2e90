using System.Text;

namespace Orleans.Workflows.Unit.Values;

/// <summary>Times as the keys of dictionaries.</summary>
public sealed class TimeKeyTests
{
    [Theory]
    [InlineData("2026-01-31T12:00:00", "2026-01-31T12:00:00.0000000")]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.0000000Z")]
    public void Key_WithAZone_IsItsInstantInUtc(string key, string read)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"{{key}}":1}""");

        WorkflowJson.Read<Dictionary<DateTime, int>>(json, "context")!.Keys.Single()
            .ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(read);
    }

    [Fact]
    public void Key_ThatIsNoTime_IsRefused() =>
        Should
            .Throw<PayloadException>(() =>
                WorkflowJson.Read<Dictionary<DateTime, int>>("""{"noon":1}"""u8.ToArray(), "context"))
            .Message.ShouldContain("'noon' is no time");

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    public void Node_ThatIsNoObject_IsRefused(string json) =>
        Should.Throw<PayloadException>(() =>
            WorkflowJson.Read<Dictionary<string, System.Text.Json.Nodes.JsonObject>>(
                Encoding.UTF8.GetBytes($$"""{"a":[{{json}}]}"""),
                "context"));
}

using System.Text;
using System.Text.Json;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows.Unit.Values;

/// <summary>Tests that change the zone of the machine, alone.</summary>
[CollectionDefinition(nameof(TimeZoneTests), DisableParallelization = true)]
public sealed class TimeZoneAlone;

/// <summary>What a silo writes is read back equal by one in another zone.</summary>
[Collection(nameof(TimeZoneTests))]
public sealed class TimeZoneTests
{
    private static readonly DateTime Noon = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Unspecified);

    [Theory]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Local)]
    public void DateTime_WrittenInOneZone_IsTheSameInAnother(DateTimeKind kind)
    {
        var (json, keys) = In("Asia/Tokyo", () =>
            (WorkflowJson.Write(DateTime.SpecifyKind(Noon, kind), "time"), WorkflowJson.Write(Keyed(kind), "times")));

        var tokyo = In("Asia/Tokyo", () => Read(json, keys));
        var paris = In("Europe/Paris", () => Read(json, keys));

        paris.ShouldBe(tokyo);
        tokyo.ShouldSatisfyAllConditions(
            read => read.Time.ShouldBe(kind == DateTimeKind.Local ? Noon.AddHours(-9) : Noon),
            read => read.Kind.ShouldBe(kind == DateTimeKind.Local ? DateTimeKind.Utc : kind),
            read => read.Key.ShouldBe(read.Time),
            read => read.KeyKind.ShouldBe(read.Kind));
    }

    [Theory]
    [InlineData("\"2026-07-01T12:00:00+05:00\"", 7, DateTimeKind.Utc)]
    [InlineData("\"2026-07-01T12:00:00Z\"", 12, DateTimeKind.Utc)]
    [InlineData("\"2026-07-01T12:00:00\"", 12, DateTimeKind.Unspecified)]
    public void DateTime_OfJson_IsTheSameInEachZone(string json, int hour, DateTimeKind kind)
    {
        foreach (var zone in new[] { "Asia/Tokyo", "Europe/Paris", "UTC" })
        {
            var read = In(zone, () => WorkflowJson.Read<DateTime>(Encoding.UTF8.GetBytes(json), "time"));

            (read.Hour, read.Kind).ShouldBe((hour, kind), zone);
        }
    }

    [Fact]
    public void LocalTime_ThatAStepLeaves_IsToldWhereValuesAreReadBack()
    {
        var local = DateTime.SpecifyKind(Noon, DateTimeKind.Local);

        foreach (var zone in new[] { "Asia/Tokyo", "UTC" })
        {
            var lost = In(zone, () =>
                Should.Throw<PayloadException>(() =>
                    ReadBack.Check(local, typeof(DateTime), WorkflowJson.Write(local, "time"), "context")));

            lost.Message.ShouldContain("of the kind Local");
            lost.Message.ShouldContain("DateTimeOffset");
        }
    }

    [Fact]
    public void DateTime_IsAPortAsBefore()
    {
        var tree = PortTree.Of(typeof(Dated));

        tree.Check("""{"at":"2026-07-01T12:00:00+05:00"}"""u8.ToArray(), "inputs", out var stored).ShouldBeEmpty();
        tree.Check("""{"at":"noon"}"""u8.ToArray(), "inputs")
            .ShouldHaveSingleItem()
            .ShouldStartWith("inputs.at: a date and time such as");
        JsonDocument.Parse(stored).RootElement.GetProperty("at").GetString().ShouldBe("2026-07-01T07:00:00Z");
        tree.Schema().ToJsonString().ShouldContain("date-time");
    }

    private static Dictionary<DateTime, int> Keyed(DateTimeKind kind) =>
        new() { [DateTime.SpecifyKind(Noon, kind)] = 1 };

    private static (DateTime Time, DateTimeKind Kind, DateTime Key, DateTimeKind KeyKind) Read(byte[] json, byte[] keys)
    {
        var time = WorkflowJson.Read<DateTime>(json, "time");
        var key = WorkflowJson.Read<Dictionary<DateTime, int>>(keys, "times")!.Keys.Single();
        return (time, time.Kind, key, key.Kind);
    }

    private static T In<T>(string zone, Func<T> act)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            TimeZoneInfo.Local.BaseUtcOffset.ShouldBe(
                TimeZoneInfo.FindSystemTimeZoneById(zone).BaseUtcOffset,
                "the zone counts");
            return act();
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private sealed record Dated(DateTime? At = null);
}

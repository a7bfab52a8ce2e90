using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.CliTests.Reading;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7_200)]
    [InlineData("1d", 86_400)]
    [InlineData("1.5h", 5_400)]
    [InlineData("0s", 0)]
    [InlineData("01:02:03", 3_723)]
    [InlineData("1.00:00:00", 86_400)]
    public void Duration_Legal_IsRead(string text, double seconds) =>
        Duration.Parse(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5w")]
    [InlineData("1e3s")]
    [InlineData("NaNs")]
    [InlineData("-00:00:01")]
    [InlineData("99999999999999999999d")]
    [InlineData("9999999.00:00:00")]
    public void Duration_Illegal_IsRefused(string text) =>
        Should.Throw<FormatException>(() => Duration.Parse(text)).Message.ShouldContain("hh:mm:ss");

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T12:30", "2026-01-31T12:30:00Z")]
    [InlineData("2026-01-31T12:30:00+02:00", "2026-01-31T10:30:00Z")]
    public void PointInTime_Iso_IsUtcUnlessItSaysOtherwise(string text, string expected) =>
        PointInTime.Parse(text).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ").ShouldBe(expected);

    [Fact]
    public async Task File_WithoutAnEnd_IsReadUpToTheLimitAndRefused()
    {
        var fault = await Should.ThrowAsync<UsageException>(() =>
            JsonText.ReadAsync("/dev/zero", Stream.Null, TestContext.Current.CancellationToken));

        fault.Message.ShouldStartWith("/dev/zero: It has more than the 4,194,304 bytes that are allowed.");
    }

    [Theory]
    [InlineData("Host=db;Database=x;Multiplexing=true", "The connection string sets Multiplexing")]
    [InlineData("Host=db;Database=x;Port=150605", "The connection string names the port 150605")]
    [InlineData("Host=db:99999,other;Database=x", "The connection string names the port 99999")]
    [InlineData("Host=db", "The connection string names no Database.")]
    [InlineData("Database=x;Password=ge;heim", "The connection string cannot be read")]
    public void Database_ThatCannotBe_IsRefusedWithTheReason(string text, string reason)
    {
        var fault = Should.Throw<FormatException>(() => Database.Parse(text)).Message;

        fault.ShouldStartWith(reason);
        fault.ShouldNotContain("heim");
    }

    [Fact]
    public void PointInTime_Duration_IsThatLongAgo() =>
        PointInTime
            .Parse("2h")
            .ShouldBe(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData("127.0.0.1:30000", "127.0.0.1", 30_000)]
    [InlineData("silo-0.silos:1", "silo-0.silos", 1)]
    [InlineData("[::1]:65535", "::1", 65_535)]
    public void Gateway_Legal_IsRead(string text, string host, int port)
    {
        var gateway = Gateway.Parse(text);

        gateway.Host.ShouldBe(host);
        gateway.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("30000")]
    [InlineData(":30000")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:+1")]
    [InlineData("a b:1")]
    [InlineData("::1")]
    [InlineData("::1:30000")]
    [InlineData("[host]:1")]
    public void Gateway_Illegal_IsRefused(string text) => Should.Throw<FormatException>(() => Gateway.Parse(text));
}

using Npgsql;
using Orleans.Workflows.Storage.GroupCommit;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>What each kind of error means for the batch that met it.</summary>
public sealed class PostgresErrorsTests
{
    [Theory]
    [InlineData("53100", nameof(WriteFault.NoRoom))]
    [InlineData("40P01", nameof(WriteFault.Transient))]
    [InlineData("40001", nameof(WriteFault.Transient))]
    [InlineData("55P03", nameof(WriteFault.Locked))]
    [InlineData("57014", nameof(WriteFault.Transient))]
    [InlineData("53200", nameof(WriteFault.Transient))]
    [InlineData("22021", nameof(WriteFault.Refused))]
    [InlineData("23514", nameof(WriteFault.Refused))]
    [InlineData("54000", nameof(WriteFault.Refused))]
    [InlineData("P0001", nameof(WriteFault.Refused))]
    [InlineData("44000", nameof(WriteFault.Refused))]
    [InlineData("XX001", nameof(WriteFault.Refused))]
    [InlineData("XX002", nameof(WriteFault.Refused))]
    [InlineData("42501", "Unclear")]
    [InlineData("58030", "Unclear")]
    [InlineData("58P01", "Unclear")]
    [InlineData("55000", "Unclear")]
    [InlineData("38000", "Unclear")]
    [InlineData("27000", "Unclear")]
    [InlineData("XX000", "Unclear")]
    [InlineData("42P01", "Unclear")]
    [InlineData("25006", nameof(WriteFault.Lost))]
    [InlineData("57P01", nameof(WriteFault.Lost))]
    [InlineData("53300", nameof(WriteFault.Lost))]
    public void Error_OfTheServer_IsItsSqlState(string sqlState, string fault) =>
        PostgresErrors.Classify(Server("ERROR", sqlState)).ToString().ShouldBe(fault);

    [Fact]
    public void Error_OfAValue_IsRefused_AndEveryOther_IsTheConnections()
    {
        foreach (
            var value in (Exception[])
                [new ArgumentException("half a pair"), new InvalidCastException(), new OverflowException()])
        {
            PostgresErrors.Classify(value).ShouldBe(WriteFault.Refused);
            PostgresErrors.LeaveDoubt(value, isOpen: false).ShouldBeFalse();
        }

        foreach (
            var other in (Exception[])
                [
                    new NpgsqlException("gone", new IOException()),
                    new InvalidOperationException("not open"),
                    new TimeoutException(),
                    new OperationCanceledException(),
                ])
        {
            PostgresErrors.Classify(other).ShouldBe(WriteFault.Lost);
            PostgresErrors.LeaveDoubt(other, isOpen: true).ShouldBeTrue();
        }
    }

    [Fact]
    public void Doubt_IsLeftByWhatTheServerDidNotAnswer()
    {
        PostgresErrors.LeaveDoubt(Server("ERROR", "23514"), isOpen: true).ShouldBeFalse();
        PostgresErrors.LeaveDoubt(Server("FATAL", "57P01"), isOpen: false).ShouldBeTrue();
        PostgresErrors
            .LeaveDoubt(new NpgsqlException("too long", new TimeoutException()), isOpen: true)
            .ShouldBeFalse();
        PostgresErrors
            .LeaveDoubt(new NpgsqlException("too long", new TimeoutException()), isOpen: false)
            .ShouldBeTrue();
    }

    [Fact]
    public void Connection_IsLost_WhenItsSocketOrItsServerIs()
    {
        PostgresErrors.IsLostConnection(new NpgsqlException("gone", new IOException())).ShouldBeTrue();
        PostgresErrors.IsLostConnection(Server("FATAL", "57P01")).ShouldBeTrue();
        PostgresErrors.IsLostConnection(Server("FATAL", "57P02")).ShouldBeTrue();
        PostgresErrors.IsLostConnection(Server("ERROR", "42P01")).ShouldBeFalse();
        PostgresErrors.IsLostConnection(new NpgsqlException("something else")).ShouldBeFalse();
    }

    [Fact]
    public void Text_OfTheServersError_LeavesOutWhatIsKeptFromUs() => PostgresErrors
        .TextOf(new PostgresException("duplicate key", "ERROR", "ERROR", "23505", detail: "Detail redacted as it …"))
        .ShouldBe("23505: duplicate key.");

    private static PostgresException Server(string severity, string sqlState) =>
        new("what the server says", severity, severity, sqlState);
}

using Microsoft.Data.Sqlite;
using Orleans.Workflows.Storage.GroupCommit;
using Orleans.Workflows.Storage.Sqlite;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>What each kind of error means for the batch that met it.</summary>
public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(5, nameof(WriteFault.Transient))]
    [InlineData(6, nameof(WriteFault.Transient))]
    [InlineData(15, nameof(WriteFault.Transient))]
    [InlineData(13, nameof(WriteFault.NoRoom))]
    [InlineData(3, nameof(WriteFault.Lost))]
    [InlineData(7, nameof(WriteFault.Lost))]
    [InlineData(8, nameof(WriteFault.Lost))]
    [InlineData(9, nameof(WriteFault.Lost))]
    [InlineData(10, nameof(WriteFault.Lost))]
    [InlineData(11, nameof(WriteFault.Lost))]
    [InlineData(14, nameof(WriteFault.Lost))]
    [InlineData(26, nameof(WriteFault.Lost))]
    [InlineData(19, nameof(WriteFault.Refused))]
    public void Error_OfSqlite_IsItsCode(int code, string fault) =>
        SqliteErrors.Classify(new SqliteException("what SQLite says", code)).ToString().ShouldBe(fault);

    [Fact]
    public void Error_OfAValue_IsRefused() =>
        SqliteErrors.Classify(new ArgumentException("a value")).ShouldBe(WriteFault.Refused);
}

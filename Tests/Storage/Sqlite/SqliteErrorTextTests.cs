using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>As on PostgreSQL: what a batch fails with tells each of its processes nothing of the others.</summary>
public sealed class SqliteErrorTextTests : SqliteTest
{
    private const string Secret = "the-context-of-another";

    [Theory]
    [InlineData("CREATE TRIGGER bad BEFORE INSERT ON process WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END")]
    [InlineData("CREATE TRIGGER bad BEFORE INSERT ON process WHEN NEW.id = 'bad' BEGIN SELECT json(NEW.id); END")]
    [InlineData("CREATE UNIQUE INDEX bad ON process (checkpoint)")]
    public async Task Commit_ThatIsRefused_QuotesNoContext(string cause)
    {
        var store = await OpenAsync();
        await using (var connection = new SqliteConnection($"Data Source={Source.File};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var refuse = new SqliteCommand(cause, connection);
            await refuse.ExecuteNonQueryAsync(Token);
        }

        var checkpoint = System.Text.Encoding.UTF8.GetBytes($"{{\"at\":\"{Secret}\"}}");
        var results = await Task.WhenAll(
            store.CommitAsync(A.Insert(A.Row("good") with { Checkpoint = checkpoint }), Token),
            store.CommitAsync(A.Insert(A.Row("bad") with { Checkpoint = checkpoint }), Token));

        var refused = results.Where(static result => result.Status == CommitStatus.Rejected).ShouldHaveSingleItem();
        refused.Reason.ShouldNotBeNullOrEmpty();
        foreach (var text in results.Select(static result => result.Reason ?? "").Concat(Log.Lines))
        {
            text.ShouldNotContain(Secret);
            text.ShouldNotContain(Convert.ToHexString(checkpoint), Case.Insensitive);
        }
    }
}

using Npgsql;
using Orleans.Workflows.Storage;
using Orleans.Workflows.Storage.GroupCommit;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>
/// A batch has the rows of many processes: what it fails with tells each of them nothing of the others.
/// </summary>
public sealed class PostgresErrorTextTests(PostgresFixture fixture)
{
    private const string Secret = "the-context-of-another";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_ThatFails_QuotesNoContext_WhateverServerAndConnectionStringSay()
    {
        var database = await fixture.CreateDatabaseAsync(nameof(PostgresErrorTextTests));
        await Sql.RunAsync(
            database,
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.id = 'bad' THEN
                    RAISE EXCEPTION 'refused' USING
                        ERRCODE = 'check_violation', DETAIL = format('Failing row contains %s', NEW);
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON process FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        var given = new NpgsqlConnectionStringBuilder(database)
        {
            IncludeErrorDetail = true,
            IncludeFailedBatchedCommand = true,
            Options = "-c log_parameter_max_length_on_error=-1",
        };
        await using var connections = new PostgresConnections(given, silo: null);
        await using var session = new PostgresWriteSession(
            await connections.OpenWriterAsync(Token),
            new InboxBudgets());
        var checkpoint = System.Text.Encoding.UTF8.GetBytes($"{{\"at\":\"{Secret}\"}}");
        var rows = ((string[])["bad", "good"]).Select(id => A.Row(id) with { Checkpoint = checkpoint });
        CommitItem[] items = [.. rows.Select(static row => new CommitItem(A.Insert(row)))];

        var error = await Should.ThrowAsync<PostgresException>(() => session.ExecuteAsync(items, Token));

        error.MessageText.ShouldBe("refused");
        error.BatchCommand.ShouldBeNull("its parameters are there");
        error.ToString().ShouldNotContain("$1");
        error.ToString().ShouldNotContain(Secret);
        error.ToString().ShouldNotContain(Convert.ToHexString(checkpoint));
    }
}

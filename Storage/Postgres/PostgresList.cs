using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Lists of processes on PostgreSQL.</summary>
internal static class PostgresList
{
    private static readonly ListDialect Dialect = new()
    {
        Tags = "tags::text",
        Paused = "paused",
        NotPaused = "NOT paused",
        OfRoot = static root => $"(id = {root} OR (root = {root} AND parent IS NOT NULL))",
        HasTag = static (name, value) =>
            $"tags <> '{{}}'::jsonb AND tags @> jsonb_build_object({name}::text, {value}::text)",
        Time = static time => time.ToColumn(),
    };

    /// <summary>Reads a page.</summary>
    /// <param name="readers">The connections.</param>
    /// <param name="query">Which processes.</param>
    /// <param name="after">The place where it goes on; null for the first page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ProcessPage> ReadAsync(
        PostgresReaders readers, ProcessQuery query, ContinuationToken? after, CancellationToken cancellationToken)
    {
        var list = new ListSql(Dialect, query, after);
        return ListPage.Of(await readers.QueryAsync(() => Statement(list), ReadSummary, cancellationToken), query);
    }

    private static NpgsqlBatchCommand Statement(ListSql list)
    {
        var statement = Postgres.Statement.Of(list.ToString());
        foreach (var value in list.Values)
        {
            statement.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return statement;
    }

    private static ProcessSummary ReadSummary(NpgsqlDataReader r) => new()
    {
        Id = r.Id(0),
        Type = r.GetString(1),
        DefinitionVersion = r.GetInt32(2),
        State = (ProcessState)r.GetInt16(3),
        Paused = r.GetBoolean(4),
        Incident = r.IncidentOrNull(5),
        ExitCode = r.IntOrNull(6),
        StatusText = r.TextOrNull(7),
        Parent = r.IdOrNull(8),
        Root = r.Id(9),
        CreatedAt = r.Time(10),
        UpdatedAt = r.Time(11),
        FinishedAt = r.TimeOrNull(12),
        DueAt = r.TimeOrNull(13),
        Version = r.GetInt64(14),
        Tags = r.Tags(15),
        ParentStep = r.IntOrNull(16),
        ParentIndex = r.IntOrNull(17),
    };
}

using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>Lists of processes on SQLite.</summary>
internal static class SqliteList
{
    private static readonly ListDialect Dialect = new()
    {
        Tags = "tags",
        Paused = "paused = 1",
        NotPaused = "paused = 0",
        OfRoot = static root => $"root = {root}",
        HasTag = static (name, value) =>
            $"number IN (SELECT number FROM process_tag WHERE name = {name} AND value = {value})",
        Time = static time => time.ToColumn(),
    };

    /// <summary>Reads a page.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="query">Which processes.</param>
    /// <param name="after">The place where it goes on; null for the first page.</param>
    public static ProcessPage Read(ReadSession session, ProcessQuery query, ContinuationToken? after)
    {
        var list = new ListSql(Dialect, query, after);
        using var statement = new Statement(
            session.Connection,
            list.ToString(),
            string.Join(' ', Enumerable.Range(1, list.Values.Count).Select(static i => $"${i}")));
        return ListPage.Of(statement.Query(ReadSummary, [.. list.Values]), query);
    }

    private static ProcessSummary ReadSummary(SqliteDataReader r) => new()
    {
        Id = r.Id(0),
        Type = r.GetString(1),
        DefinitionVersion = r.GetInt32(2),
        State = (ProcessState)r.GetInt32(3),
        Paused = r.GetBoolean(4),
        Incident = (IncidentCode?)r.IntOrNull(5),
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

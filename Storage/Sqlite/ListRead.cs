using Microsoft.Data.Sqlite;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>One page of a list of processes, as a statement made for the filters that the query has.</summary>
internal sealed class ListRead
{
    // No legal id has a character above '~'.
    private const string AfterEveryId = "\u007F";
    private const string NoCondition = "1 = 1";
    private const string Select =
        """
        SELECT id, type, definition_version, state, paused, incident, exit_code, status_text, parent, root, created_at, updated_at,
            finished_at, due_at, version, tags
        FROM process
        """;

    private readonly List<string> _conditions = [NoCondition];
    private readonly List<string> _stateConditions = [];
    private readonly List<object?> _values = [];
    private readonly ProcessQuery _query;

    private ListRead(ProcessQuery query, ContinuationToken? after)
    {
        _query = query;
        AddFields();
        AddTimes();
        AddTags();
        if (after is { } place)
        {
            var direction = query.Order is ProcessOrder.OldestFirst ? ">" : "<";
            Add($"(created_at, id) {direction} ({Next(0)}, {Next(1)})", place.CreatedAt, place.Id.Value);
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="query">Which processes.</param>
    /// <param name="after">The place where it goes on; null for the first page.</param>
    /// <returns>The page.</returns>
    public static ProcessPage Read(ReadSession session, ProcessQuery query, ContinuationToken? after)
    {
        var list = new ListRead(query, after);
        using var statement = new Statement(
            session.Connection, list.ToSql(), string.Join(' ', Enumerable.Range(0, list._values.Count).Select(static i => $"$p{i}")));
        var rows = statement.Query(ReadSummary, [.. list._values]);
        return ListPage.Of(rows, query);
    }

    private string ToSql()
    {
        // One branch per state, each in the order of its index: SQLite merges them and stops at the limit, where IN would sort every match.
        var branches = _stateConditions.Count > 0 ? _stateConditions : [NoCondition];
        var direction = _query.Order is ProcessOrder.OldestFirst ? "ASC" : "DESC";
        return $"""
            {string.Join(" UNION ALL ", branches.Select(branch => $"{Select} WHERE {branch} AND {string.Join(" AND ", _conditions)}"))}
            ORDER BY created_at {direction}, id {direction} LIMIT {_query.PageSize + 1}
            """;
    }

    private void AddFields()
    {
        AddIf(_query.Type is { Length: > 0 }, $"type = {Next()}", _query.Type);
        foreach (var state in _query.States.Distinct())
        {
            _stateConditions.Add($"state = {Next()}");
            _values.Add((int)state);
        }

        if (_query.Paused is { } paused)
        {
            // The literal lets the planner use the partial index.
            Add(paused ? "paused = 1" : "paused = 0");
        }

        if (_query.HasIncident is { } incident)
        {
            Add(incident ? "incident IS NOT NULL" : "incident IS NULL");
        }

        AddIf(_query.Parent is not null, $"parent = {Next()}", _query.Parent?.Value);
        AddIf(_query.Root is not null, $"root = {Next()}", _query.Root?.Value);
        if (_query.IdPrefix is { Length: > 0 } prefix)
        {
            Add($"id >= {Next(0)} AND id < {Next(1)}", prefix, prefix + AfterEveryId);
        }
    }

    private void AddTimes()
    {
        AddIf(_query.CreatedFrom is not null, $"created_at >= {Next()}", _query.CreatedFrom.ToColumn());
        AddIf(_query.CreatedBefore is not null, $"created_at < {Next()}", _query.CreatedBefore.ToColumn());
        AddIf(_query.FinishedFrom is not null, $"finished_at >= {Next()}", _query.FinishedFrom.ToColumn());
        AddIf(_query.FinishedBefore is not null, $"finished_at < {Next()}", _query.FinishedBefore.ToColumn());
    }

    private void AddTags()
    {
        foreach (var (name, value) in _query.Tags)
        {
            Add($"number IN (SELECT number FROM process_tag WHERE name = {Next(0)} AND value = {Next(1)})", name, value);
        }
    }

    private void AddIf(bool filters, string condition, object? value)
    {
        if (filters)
        {
            Add(condition, value);
        }
    }

    private void Add(string condition, params object?[] values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
    }

    private string Next(int offset = 0) => $"$p{_values.Count + offset}";

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
    };
}

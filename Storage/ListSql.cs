namespace Orleans.Workflows.Storage;

/// <summary>One page of a list of processes, as a statement made for the filters that the query has.</summary>
internal sealed class ListSql
{
    // No legal id has a character above '~'.
    private const string AfterEveryId = "\u007F";
    private const string NoCondition = "1 = 1";

    private readonly List<string> _conditions = [NoCondition];
    private readonly List<string> _stateConditions = [];
    private readonly List<object> _values = [];
    private readonly ListDialect _dialect;
    private readonly ProcessQuery _query;

    /// <summary>Makes the statement.</summary>
    /// <param name="dialect">The database's words.</param>
    /// <param name="query">Which processes.</param>
    /// <param name="after">The place where it goes on; null for the first page.</param>
    public ListSql(ListDialect dialect, ProcessQuery query, ContinuationToken? after)
    {
        _dialect = dialect;
        _query = query;
        AddFields();
        AddTimes();
        foreach (var (name, value) in query.Tags)
        {
            Add(dialect.HasTag(Next(0), Next(1)), name, value);
        }

        if (after is { } place)
        {
            var direction = query.Order is ProcessOrder.OldestFirst ? ">" : "<";
            Add(
                $"(created_at, id) {direction} ({Next(0)}, {Next(1)})",
                dialect.Time(StoredTime.FromMicroseconds(place.CreatedAt)),
                place.Id.Value);
        }
    }

    /// <summary>The values of the parameters $1, $2, …</summary>
    public IReadOnlyList<object> Values => _values;

    /// <summary>
    /// The SQL; it returns id, type, definition_version, state, paused, incident, exit_code, status_text, parent, root,
    /// created_at, updated_at, finished_at, due_at, version, tags, parent_step and parent_index, of at most one process
    /// more than the page holds.
    /// </summary>
    public override string ToString()
    {
        var direction = _query.Order is ProcessOrder.OldestFirst ? "ASC" : "DESC";
        var end = $"ORDER BY created_at {direction}, id {direction} LIMIT {_query.PageSize + 1}";

        // One branch per state, each in the order of its index until the limit, where IN would sort every match.
        var branches = _stateConditions
            .DefaultIfEmpty(NoCondition)
            .Select(branch =>
                $"""
                    SELECT id, type, definition_version, state, paused, incident, exit_code, status_text, parent, root,
                        created_at, updated_at, finished_at, due_at, version, {_dialect.Tags}, parent_step, parent_index
                    FROM process WHERE {branch} AND {string.Join(" AND ", _conditions)} {end}
                    """
            )
            .ToList();
        return branches is [var only]
            ? only
            : $"{string.Join(" UNION ALL ", branches.Select(static b => $"SELECT * FROM ({b}) AS branch"))} {end}";
    }

    private void AddFields()
    {
        if (_query.Type is { Length: > 0 } type)
        {
            Add($"type = {Next()}", type);
        }

        foreach (var state in _query.States.Distinct())
        {
            _stateConditions.Add($"state = {Next()}");
            _values.Add((int)state);
        }

        if (_query.Paused is { } paused)
        {
            Add(paused ? _dialect.Paused : _dialect.NotPaused);
        }

        if (_query.HasIncident is { } incident)
        {
            Add(incident ? "incident IS NOT NULL" : "incident IS NULL");
        }

        if (_query.Parent is { } parent)
        {
            Add($"parent = {Next()}", parent.Value);
        }

        if (_query.Root is { } root)
        {
            Add(_dialect.OfRoot(Next()), root.Value);
        }

        if (_query.RootsOnly)
        {
            Add("parent IS NULL");
        }

        if (_query.IdPrefix is { Length: > 0 } prefix)
        {
            Add($"id >= {Next(0)} AND id < {Next(1)}", prefix, prefix + AfterEveryId);
        }
    }

    private void AddTimes()
    {
        AddTime("created_at >=", _query.CreatedFrom);
        AddTime("created_at <", _query.CreatedBefore);
        AddTime("finished_at >=", _query.FinishedFrom);
        AddTime("finished_at <", _query.FinishedBefore);
    }

    private void AddTime(string comparison, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            Add($"{comparison} {Next()}", _dialect.Time(value));
        }
    }

    private void Add(string condition, params object[] values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
    }

    private string Next(int offset = 0) => $"${_values.Count + offset + 1}";
}

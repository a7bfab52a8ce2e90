using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The statements that write rows and their history, each for all rows of a batch at once.</summary>
internal static class RowWrites
{
    private const string InsertSql =
        """
        INSERT INTO process (id, run_id, type, definition_version, state, paused, incident, exit_code, status_text,
            parent, parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice,
            version, last_operation, start_request_id, tags, input, checkpoint, output, failure)
        SELECT g.id, run_id, type, definition_version, state, paused, incident, exit_code, status_text, parent,
            parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice, version,
            operation, start_request_id, tags::jsonb, input, checkpoint, output, failure
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25, $26, $27)
            AS g (id, run_id, type, definition_version, state, paused, incident, exit_code, status_text, parent,
                parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice, version,
                operation, start_request_id, tags, input, checkpoint, output, failure)
        ON CONFLICT (id) DO NOTHING RETURNING id
        """;

    private const string ChildrenSql =
        """
        INSERT INTO process (id, run_id, type, definition_version, state, paused, incident, exit_code, status_text,
            parent, parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice,
            version, last_operation, start_request_id, tags, input, checkpoint, output, failure)
        SELECT g.id, g.run_id, g.type, g.definition_version, g.state, g.paused, g.incident, g.exit_code,
            g.status_text, g.parent, g.parent_step, g.parent_index, g.root, g.created_at, g.updated_at, g.finished_at,
            g.due_at, g.owner, g.slice, g.version, g.operation, g.start_request_id, g.tags::jsonb, g.input,
            g.checkpoint, g.output, g.failure
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25, $26, $27, $28)
            AS g (id, run_id, type, definition_version, state, paused, incident, exit_code, status_text, parent,
                parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice, version,
                operation, start_request_id, tags, input, checkpoint, output, failure, writer)
            JOIN process AS w ON w.id = g.writer AND w.last_operation = g.operation
        ON CONFLICT (id) DO NOTHING
        """;

    private const string TakenChildrenSql =
        """
        SELECT g.writer, g.id, c.id IS NOT NULL FROM unnest($1, $2, $3, $4) WITH ORDINALITY
            AS g (writer, operation, id, start_request_id, place)
            JOIN process AS w ON w.id = g.writer AND w.last_operation = g.operation
            LEFT JOIN process AS c ON c.id = g.id
        WHERE c.start_request_id IS DISTINCT FROM g.start_request_id
        ORDER BY g.place
        """;

    // The row tells its number and whether it was this insert that stored it, so a repetition finds the same and adds
    // nothing.
    private const string FirstHistorySql =
        """
        INSERT INTO history (number, version, at, events)
        SELECT p.number, p.version, p.updated_at, g.events FROM unnest($1, $2, $3) AS g (id, operation, events)
            JOIN process AS p ON p.id = g.id AND p.last_operation = g.operation AND p.version = 1
        ON CONFLICT (number, version) DO NOTHING
        """;

    /// <summary>
    /// A step's commit: the row as it is after the step, where it has the version and operation that the commit
    /// expects, and its history.
    /// </summary>
    // Fence (decision 2): its WHERE takes only the row that the decision was made on; who commits second updates none.
    // Neither does a try that is made again because the answer to the first one was lost: DoneSql tells these apart.
    internal const string UpdateSql =
        """
        WITH updated AS (
            UPDATE process AS p SET definition_version = g.definition_version, state = g.state, paused = g.paused,
                incident = g.incident, exit_code = g.exit_code, status_text = g.status_text,
                updated_at = g.updated_at, finished_at = g.finished_at, due_at = g.due_at, owner = g.owner,
                version = g.version, last_operation = g.operation, tags = g.tags::jsonb, checkpoint = g.checkpoint,
                output = coalesce(p.output, g.output), failure = g.failure
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
                AS g (id, run_id, definition_version, state, paused, incident, exit_code, status_text, updated_at,
                    finished_at, due_at, owner, version, operation, tags, checkpoint, output, failure, events, expected)
            WHERE p.id = g.id AND p.version = g.version - 1 AND p.last_operation = g.expected AND p.run_id = g.run_id
            RETURNING p.number, p.version, p.updated_at, g.events, p.id),
        told AS (
            INSERT INTO history (number, version, at, events) SELECT number, version, updated_at, events FROM updated)
        SELECT id FROM updated
        """;

    private const string DoneSql =
        "SELECT p.id FROM unnest($1, $2) AS g (id, operation) JOIN process AS p ON p.id = g.id AND p.last_operation = "
        + "g.operation";

    /// <summary>Inserts rows whose ids are free.</summary>
    /// <param name="commits">The commits, by rising id.</param>
    /// <returns>The statement; it returns the ids that it inserted.</returns>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<ProcessCommit> commits) =>
        Rows(InsertSql, [.. commits.Select(static c => (c.Row, c.OperationId))]);

    /// <summary>Inserts children of commits that were carried out, where their ids are free.</summary>
    /// <param name="children">The children, each with its commit.</param>
    public static NpgsqlBatchCommand InsertChildren(IReadOnlyList<(ProcessRow Row, ProcessCommit By)> children) =>
        Rows(ChildrenSql, [.. children.Select(static c => (c.Row, c.By.OperationId))])
            .WithEach(children, static c => c.By.Row.Id.Value);

    /// <summary>Finds children whose ids belong to somebody else.</summary>
    /// <param name="children">The children, each with its commit.</param>
    /// <returns>
    /// The statement; it returns each such child after the process whose commit it is in, and whether the id is in use
    /// still.
    /// </returns>
    public static NpgsqlBatchCommand TakenChildren(IReadOnlyList<(ProcessRow Row, ProcessCommit By)> children) =>
        Statement
            .Of(TakenChildrenSql)
            .WithEach(children, static c => c.By.Row.Id.Value)
            .WithEach(children, static c => c.By.OperationId)
            .WithEach(children, static c => c.Row.Id.Value)
            .WithEach(children, static c => c.Row.StartRequestId);

    /// <summary>Writes the history of rows that were inserted.</summary>
    /// <param name="rows">The rows, each with the operation that inserted it and what happened.</param>
    public static NpgsqlBatchCommand FirstHistory(
        IReadOnlyList<(ProcessId Id, Guid Operation, IReadOnlyList<HistoryEvent> Events)> rows) =>
        Statement
            .Of(FirstHistorySql)
            .WithEach(rows, static r => r.Id.Value)
            .WithEach(rows, static r => r.Operation)
            .WithEach(rows, static r => r.Events.ToColumn());

    /// <summary>Updates rows that have the versions that their commits expect, and appends to their history.</summary>
    /// <param name="commits">The commits, by rising id.</param>
    /// <returns>The statement; it returns the ids that it updated.</returns>
    public static NpgsqlBatchCommand Update(IReadOnlyList<ProcessCommit> commits) => Statement.Of(UpdateSql)
        .WithEach(commits, static c => c.Row.Id.Value)
        .WithEach(commits, static c => c.Row.RunId)
        .WithEach(commits, static c => c.Row.DefinitionVersion)
        .WithEach(commits, static c => (short)c.Row.State)
        .WithEach(commits, static c => c.Row.Paused)
        .WithEach(commits, static c => (short?)c.Row.Incident)
        .WithEach(commits, static c => c.Row.ExitCode)
        .WithEach(commits, static c => c.Row.StatusText)
        .WithEach(commits, static c => c.Row.UpdatedAt.ToColumn())
        .WithEach(commits, static c => c.Row.FinishedAt.ToColumn())
        .WithEach(commits, static c => c.Row.DueAt.ToColumn())
        .WithEach(commits, static c => c.Row.Owner)
        .WithEach(commits, static c => c.Row.Version)
        .WithEach(commits, static c => c.OperationId)
        .WithEach(commits, static c => c.Row.Tags.ToColumn())
        .WithEach(commits, static c => c.Row.Checkpoint)
        .WithEach(commits, static c => c.Row.Output)
        .WithEach(commits, static c => c.Row.Failure)
        .WithEach(commits, static c => c.History.ToColumn())
        .WithEach(commits, static c => c.ExpectedOperation);

    /// <summary>Finds out which commits wrote their rows last.</summary>
    /// <returns>The statement; it returns the ids of those that did.</returns>
    public static NpgsqlBatchCommand Done(IReadOnlyList<ProcessCommit> commits) => Statement.Of(DoneSql)
        .WithEach(commits, static c => c.Row.Id.Value)
        .WithEach(commits, static c => c.OperationId);

    private static NpgsqlBatchCommand Rows(string sql, IReadOnlyList<(ProcessRow Row, Guid Operation)> rows) =>
        Statement
            .Of(sql)
            .WithEach(rows, static r => r.Row.Id.Value)
            .WithEach(rows, static r => r.Row.RunId)
            .WithEach(rows, static r => r.Row.Type)
            .WithEach(rows, static r => r.Row.DefinitionVersion)
            .WithEach(rows, static r => (short)r.Row.State)
            .WithEach(rows, static r => r.Row.Paused)
            .WithEach(rows, static r => (short?)r.Row.Incident)
            .WithEach(rows, static r => r.Row.ExitCode)
            .WithEach(rows, static r => r.Row.StatusText)
            .WithEach(rows, static r => r.Row.Parent?.Value)
            .WithEach(rows, static r => r.Row.ParentStep)
            .WithEach(rows, static r => r.Row.ParentIndex)
            .WithEach(rows, static r => r.Row.Root.Value)
            .WithEach(rows, static r => r.Row.CreatedAt.ToColumn())
            .WithEach(rows, static r => r.Row.UpdatedAt.ToColumn())
            .WithEach(rows, static r => r.Row.FinishedAt.ToColumn())
            .WithEach(rows, static r => r.Row.DueAt.ToColumn())
            .WithEach(rows, static r => r.Row.Owner)
            .WithEach(rows, static r => (short)r.Row.Slice)
            .WithEach(rows, static r => r.Row.Version)
            .WithEach(rows, static r => r.Operation)
            .WithEach(rows, static r => r.Row.StartRequestId)
            .WithEach(rows, static r => r.Row.Tags.ToColumn())
            .WithEach(rows, static r => r.Row.Input)
            .WithEach(rows, static r => r.Row.Checkpoint)
            .WithEach(rows, static r => r.Row.Output)
            .WithEach(rows, static r => r.Row.Failure);
}

using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>The statements that write a process's own rows.</summary>
internal sealed class RowStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(
        connection,
        "SELECT number, version, run_id, last_operation, start_request_id, tags FROM process WHERE id = $id",
        "$id");

    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO process (id, run_id, type, definition_version, state, paused, incident, exit_code, status_text,
            parent, parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, slice,
            version, last_operation, start_request_id, tags, checkpoint, output, failure)
        VALUES ($id, $run, $type, $definition, $state, $paused, $incident, $exit, $text, $parent, $step,
            $index, $root, $created, $updated, $finished, $due, $owner, $slice, $version, $operation, $request, $tags,
            $checkpoint, $output, $failure)
        ON CONFLICT (id) DO NOTHING RETURNING number
        """,
        "$id $run $type $definition $state $paused $incident $exit $text $parent $step $index $root $created $updated "
        + "$finished $due $owner $slice $version $operation $request $tags $checkpoint $output $failure");

    private readonly Statement _update = new(
        connection,
        """
        UPDATE process SET definition_version = $definition, state = $state, paused = $paused, incident = $incident,
            exit_code = $exit, status_text = $text, updated_at = $updated, finished_at = $finished, due_at = $due,
            owner = $owner, version = $version, last_operation = $operation, tags = $tags, checkpoint = $checkpoint,
            output = coalesce(output, $output), failure = $failure
        WHERE number = $number
        """,
        "$definition $state $paused $incident $exit $text $updated $finished $due $owner $version $operation $tags "
        + "$checkpoint $output $failure $number");

    private readonly Statement _insertInput = new(
        connection,
        "INSERT INTO process_input (number, input) VALUES ($number, $input)",
        "$number $input");

    private readonly Statement _insertTag = new(
        connection,
        "INSERT INTO process_tag (name, value, number) VALUES ($name, $value, $number)",
        "$name $value $number");

    private readonly Statement _deleteTags = new(
        connection,
        "DELETE FROM process_tag WHERE number = $number",
        "$number");

    private readonly Statement _insertHistory = new(
        connection,
        "INSERT INTO history (number, version, at, events) VALUES ($number, $version, $at, $events)",
        "$number $version $at $events");

    /// <summary>Reads what decides about a commit.</summary>
    /// <returns>The row's head; null when there is none.</returns>
    public RowHead? Find(ProcessId id) =>
        _find.Query(
            static r => new RowHead(
                r.GetInt64(0),
                r.GetInt64(1),
                r.GetString(2),
                new Guid(r.Bytes(3)),
                r.GetString(4),
                r.GetString(5)),
            id.Value)
            is [var head]
            ? head
            : null;

    /// <summary>Inserts a process with its history, unless the id is taken.</summary>
    public bool Insert(ProcessRow row, Guid operation, IReadOnlyList<HistoryEvent> history)
    {
        var inserted = _insert.Scalar(
            row.Id.Value,
            row.RunId,
            row.Type,
            row.DefinitionVersion,
            (int)row.State,
            row.Paused ? 1 : 0,
            (int?)row.Incident,
            row.ExitCode,
            row.StatusText,
            row.Parent?.Value,
            row.ParentStep,
            row.ParentIndex,
            row.Root.Value,
            row.CreatedAt.ToColumn(),
            row.UpdatedAt.ToColumn(),
            row.FinishedAt.ToColumn(),
            row.DueAt.ToColumn(),
            row.Owner,
            row.Slice,
            row.Version,
            operation.ToByteArray(),
            row.StartRequestId,
            row.Tags.ToColumn(),
            row.Checkpoint,
            row.Output,
            row.Failure);
        if (inserted is not long number)
        {
            return false;
        }

        if (row.Input.Length > 0)
        {
            _insertInput.Execute(number, row.Input);
        }

        InsertTags(number, row.Tags);
        _insertHistory.Execute(number, row.Version, row.UpdatedAt.ToColumn(), history.ToColumn());
        return true;
    }

    /// <summary>Updates a process and appends to its history.</summary>
    public void Update(RowHead head, ProcessCommit commit)
    {
        var row = commit.Row;
        var tags = row.Tags.ToColumn();
        _update.Execute(
            row.DefinitionVersion,
            (int)row.State,
            row.Paused ? 1 : 0,
            (int?)row.Incident,
            row.ExitCode,
            row.StatusText,
            row.UpdatedAt.ToColumn(),
            row.FinishedAt.ToColumn(),
            row.DueAt.ToColumn(),
            row.Owner,
            row.Version,
            commit.OperationId.ToByteArray(),
            tags,
            row.Checkpoint,
            row.Output,
            row.Failure,
            head.Number);
        if (tags != head.Tags)
        {
            _deleteTags.Execute(head.Number);
            InsertTags(head.Number, row.Tags);
        }

        _insertHistory.Execute(head.Number, row.Version, row.UpdatedAt.ToColumn(), commit.History.ToColumn());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (
            var statement in (Statement[])
                [_find, _insert, _update, _insertInput, _insertTag, _deleteTags, _insertHistory])
        {
            statement.Dispose();
        }
    }

    private void InsertTags(long number, IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (name, value) in tags)
        {
            _insertTag.Execute(name, value, number);
        }
    }
}

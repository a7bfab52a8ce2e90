using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// Loads processes and inboxes for many callers at once: a few loops take what has gathered, so that a hundred thousand
/// processes of a dead silo need neither a hundred thousand round trips nor as many connections.
/// </summary>
/// <param name="readers">The connections.</param>
/// <param name="time">The clock by which it is told how long the database is silent.</param>
internal sealed class LoadGroup(PostgresReaders readers, TimeProvider time) : IAsyncDisposable
{
    private const int Loops = 2;
    private const int MaxBatch = 64;

    private const string RowSql =
        """
        SELECT id, run_id, type, definition_version, state, paused, incident, exit_code, status_text, parent,
            parent_step, parent_index, root, created_at, updated_at, finished_at, due_at, owner, version,
            start_request_id, tags::text, checkpoint, output, failure, input,
            EXISTS (SELECT FROM history AS h WHERE h.number = process.number AND h.version = process.version),
            last_operation
        FROM process WHERE id = ANY ($1)
        """;

    // After the row: what the row's commit has taken in must not appear as open. What is missing here was taken in by a
    // later commit, which fences off whoever loaded the earlier row.
    private const string OpenSql =
        """
        SELECT process_id, message_id, seq, kind, name, sender, payload, sent_at, seen FROM inbox
        WHERE process_id = ANY ($1) AND seen < 2 ORDER BY seq
        """;

    private const string OpenShownSql =
        """
        SELECT process_id, message_id, seq, kind, name, sender, ''::bytea, sent_at, seen FROM inbox
        WHERE process_id = ANY ($1) AND seen < 2 ORDER BY seq
        """;

    private const string HeadSql = "SELECT id, version, last_operation, state, owner FROM process WHERE id = ANY ($1)";

    private const string UnseenSql =
        """
        SELECT process_id, message_id, seq, kind, name, sender, payload, sent_at, seen FROM inbox
        WHERE process_id = ANY ($1) AND seen < 2 AND seen = 0 ORDER BY seq
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Request> _waiting = Channel.CreateUnbounded<Request>();
    private readonly UnansweredCalls _unanswered = new(time);
    private Task _loops = Task.CompletedTask;

    /// <summary>For how long batches wait for the database, none of which it has answered meanwhile.</summary>
    public TimeSpan Silence => _unanswered.Silence;

    /// <summary>Starts to serve. Called once.</summary>
    public void Start()
    {
        // The loops serve many callers, so they must not live in the context of one.
        _loops = Task.WhenAll(
            Enumerable.Range(0, Loops).Select(_ => Detached.Run(RunAsync, TaskScheduler.Default).Unwrap()));
    }

    /// <summary>Loads a process with its inbox.</summary>
    /// <returns>The process; null when there is none.</returns>
    public Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken) =>
        LoadAsync(new Request(id, What.Row), cancellationToken);

    /// <summary>Reads a process without the payloads of its messages.</summary>
    /// <returns>The process; null when there is none.</returns>
    public Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken) =>
        LoadAsync(new Request(id, What.Shown), cancellationToken);

    /// <summary>Reads a process without its inbox.</summary>
    public async Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken) =>
        (await RequestAsync(new Request(id, What.Bare), cancellationToken)).Row?.Row;

    /// <summary>Reads where a process stands.</summary>
    /// <returns>Where it stands; null when there is no such process.</returns>
    public async Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken) =>
        (await RequestAsync(new Request(id, What.Head), cancellationToken)).Head;

    /// <summary>Reads the unseen messages of a process.</summary>
    public async Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(
        ProcessId id,
        CancellationToken cancellationToken) =>
        (await RequestAsync(new Request(id, What.Inbox), cancellationToken)).Inbox.FindAll(static m =>
            m.Seen is MessageSeen.Unseen);

    /// <summary>Serves what was asked for until now, for a bounded time, and nothing later.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_waiting.Writer.TryComplete())
        {
            return;
        }

        _stop.CancelAfter(EndLimit);
        await _loops;
        _stop.Dispose();
    }

    private async Task<LoadedProcess?> LoadAsync(Request request, CancellationToken cancellationToken)
    {
        var answer = await RequestAsync(request, cancellationToken);
        return answer.Row is null ? null : answer.Row with { Inbox = answer.Inbox };
    }

    private async Task<Answer> RequestAsync(Request request, CancellationToken cancellationToken)
    {
        if (!_waiting.Writer.TryWrite(request))
        {
            throw Closed();
        }

        return await request.Completion.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Request>();
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            if (batch.Count > 0)
            {
                await LoadAsync(batch);
            }
        }
    }

    private async Task LoadAsync(List<Request> batch)
    {
        var found = new Found();
        _unanswered.Begin();
        try
        {
            await readers.ReadAsync(
                () =>
                {
                    found = new Found();
                    return [.. Statements(batch, found)];
                },
                _stop.Token);
            batch.ForEach(request => Complete(request, found));
        }
        catch (Exception e)
        {
            var told = e is OperationCanceledException ? Closed() : e;
            batch.ForEach(r => r.Completion.TrySetException(told));
        }
        finally
        {
            _unanswered.End();
        }
    }

    private static void Complete(Request request, Found found)
    {
        var id = request.Id.Value;
        if (request.Of is What.Row or What.Shown or What.Bare && found.Unreadable.TryGetValue(id, out var fault))
        {
            request.Completion.TrySetException(
                new WorkflowException(
                    $"The row of process {id} cannot be read: {Sentence.Ended(fault.Message)} It was changed by hand, "
                    + "or by a newer version.",
                    fault));
        }
        else
        {
            var inbox =
                request.Of == What.Shown && found.Shown.TryGetValue(id, out var shown)
                    ? shown
                    : found.Inboxes.GetValueOrDefault(id, []);
            request.Completion.TrySetResult(
                new Answer(found.Rows.GetValueOrDefault(id), found.Heads.GetValueOrDefault(id), inbox));
        }
    }

    private StoreUnavailableException Closed() => new($"{readers.Name} is closed: its silo stops. Ask another silo.");

    private static IEnumerable<(NpgsqlBatchCommand Statement, Action<NpgsqlDataReader> Row)> Statements(
        List<Request> batch,
        Found found)
    {
        var whole = Ids(batch, What.Row);
        if (whole.Length > 0)
        {
            yield return (Statement.Of(RowSql).With(whole), r => Add(found, r));
            yield return (Statement.Of(OpenSql).With(whole), r => Add(found.Inboxes, ReadMessage(r)));
        }

        // A process that is loaded in the same batch has its row and its inbox already.
        var shown = Ids(batch, What.Shown).Except(whole).ToArray();
        if (shown.Length > 0)
        {
            yield return (Statement.Of(RowSql).With(shown), r => Add(found, r));
            yield return (Statement.Of(OpenShownSql).With(shown), r => Add(found.Shown, ReadMessage(r)));
        }

        if (Ids(batch, What.Bare).Except(whole).Except(shown).ToArray() is { Length: > 0 } bare)
        {
            yield return (Statement.Of(RowSql).With(bare), r => Add(found, r));
        }

        if (Ids(batch, What.Inbox).Except(whole).ToArray() is { Length: > 0 } rest)
        {
            yield return (Statement.Of(UnseenSql).With(rest), r => Add(found.Inboxes, ReadMessage(r)));
        }

        if (Ids(batch, What.Head) is { Length: > 0 } heads)
        {
            yield return (Statement.Of(HeadSql).With(heads), r =>
                found.Heads.Add(
                    r.GetString(0),
                    new ProcessHead(r.GetInt64(1), r.GetGuid(2), (ProcessState)r.GetInt16(3), r.TextOrNull(4))));
        }
    }

    private static string[] Ids(List<Request> batch, What what) =>
        [.. batch.Where(r => r.Of == what).Select(static r => r.Id.Value).Distinct()];

    private static void Add(Found found, NpgsqlDataReader r)
    {
        try
        {
            found.Rows.Add(r.GetString(0), new LoadedProcess(ReadRow(r), []) { HasLastHistory = r.GetBoolean(25) });
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidCastException)
        {
            // One row that nobody can read must not keep the others of its batch from being read.
            found.Unreadable[r.GetString(0)] = e;
        }
    }

    private static void Add(Dictionary<string, List<InboxMessage>> inboxes, InboxMessage message)
    {
        if (!inboxes.TryGetValue(message.Receiver.Value, out var inbox))
        {
            inboxes.Add(message.Receiver.Value, inbox = []);
        }

        inbox.Add(message);
    }

    private static InboxMessage ReadMessage(NpgsqlDataReader r) => new()
    {
        Receiver = r.Id(0),
        MessageId = r.GetString(1),
        Sequence = r.GetInt64(2),
        Kind = (MessageKind)r.GetInt16(3),
        Name = r.TextOrNull(4),
        Sender = r.IdOrNull(5),
        Payload = r.Bytes(6),
        SentAt = r.Time(7),
        Seen = (MessageSeen)r.GetInt16(8),
    };

    private static ProcessRow ReadRow(NpgsqlDataReader r) => new()
    {
        Id = r.Id(0),
        RunId = r.GetString(1),
        Type = r.GetString(2),
        DefinitionVersion = r.GetInt32(3),
        State = (ProcessState)r.GetInt16(4),
        Paused = r.GetBoolean(5),
        Incident = r.IncidentOrNull(6),
        ExitCode = r.IntOrNull(7),
        StatusText = r.TextOrNull(8),
        Parent = r.IdOrNull(9),
        ParentStep = r.IntOrNull(10),
        ParentIndex = r.IntOrNull(11),
        Root = r.Id(12),
        CreatedAt = r.Time(13),
        UpdatedAt = r.Time(14),
        FinishedAt = r.TimeOrNull(15),
        DueAt = r.TimeOrNull(16),
        Owner = r.TextOrNull(17),
        Version = r.GetInt64(18),
        StartRequestId = r.GetString(19),
        Tags = r.Tags(20),
        Checkpoint = r.Bytes(21),
        Output = r.BytesOrNull(22),
        Failure = r.BytesOrNull(23),
        Input = r.Bytes(24),
        LastOperation = r.GetGuid(26),
    };

    /// <summary>What of a process is wanted.</summary>
    private enum What
    {
        /// <summary>The row with its inbox.</summary>
        Row,

        /// <summary>The row with its inbox, without payloads.</summary>
        Shown,

        /// <summary>The row alone.</summary>
        Bare,

        /// <summary>The unseen messages alone.</summary>
        Inbox,

        /// <summary>Where it stands.</summary>
        Head,
    }

    /// <summary>What was found of it.</summary>
    private sealed record Answer(LoadedProcess? Row, ProcessHead? Head, List<InboxMessage> Inbox);

    /// <summary>What a batch has read, by id.</summary>
    private sealed class Found
    {
        public Dictionary<string, LoadedProcess> Rows { get; } = [];

        public Dictionary<string, ProcessHead> Heads { get; } = [];

        public Dictionary<string, List<InboxMessage>> Inboxes { get; } = [];

        public Dictionary<string, List<InboxMessage>> Shown { get; } = [];

        public Dictionary<string, Exception> Unreadable { get; } = [];
    }

    /// <summary>One caller's wish.</summary>
    private sealed record Request(ProcessId Id, What Of)
    {
        /// <summary>Completes when it was read.</summary>
        public TaskCompletionSource<Answer> Completion { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

namespace Orleans.Workflows.Grains.Storage;

/// <summary>Where processes live. One per silo; several silos may share what is behind it.</summary>
/// <remarks>
/// Every outcome is true: what is reported as written is durable, what is reported as not written is not there. Times
/// are stored to the microsecond. Reads throw <see cref="StoreUnavailableException"/> when the database cannot be
/// reached. The conformance suite in the tests says the rest; a new store passes it with a one-line class.
/// </remarks>
public interface IProcessStore : IAsyncDisposable
{
    /// <summary>Makes the store ready: creates or verifies its schema. Called once, before anything else.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the store can be used.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The database cannot be reached, or its schema is not the one that is needed.
    /// </exception>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Finds out whether the database answers and takes writes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it has answered.</returns>
    /// <exception cref="StoreUnavailableException">It does not.</exception>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Why inserts of new processes are refused now; null while they are taken. Costs nothing; from any thread.
    /// </summary>
    string? Overload { get; }

    /// <summary>
    /// How long a transaction that writes takes at least, of late; zero before the first. Costs nothing; from any
    /// thread.
    /// </summary>
    TimeSpan WriteTime { get; }

    /// <summary>
    /// For how long processes wait for the database to answer what it answers at once when it is well, and none has got
    /// an answer meanwhile; zero when none waits. Costs nothing; from any thread.
    /// </summary>
    TimeSpan Silence { get; }

    /// <summary>Reads a process with its inbox.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The process; null when there is none.</returns>
    Task<LoadedProcess?> LoadAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a process to show it: with the messages of its inbox but not with their payloads, of which nobody limits
    /// the sum.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The process, its messages with empty payloads; null when there is none.</returns>
    Task<LoadedProcess?> ReadAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>Reads a process without its inbox: costs the same however many messages it has.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its row; null when there is no such process.</returns>
    Task<ProcessRow?> ReadRowAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>Reads where a process stands. Costs the same however large its payloads are.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where it stands; null when there is no such process.</returns>
    Task<ProcessHead?> ReadHeadAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>Reads a process's messages that are unseen. Those that it has parked it knows.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The messages by rising sequence. A lower sequence may become visible later.</returns>
    Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>
    /// Writes one turn of a process. Never throws for a reason of the database: the result says what happened.
    /// </summary>
    /// <param name="commit">What to write.</param>
    /// <param name="cancellationToken">Counts only until a writer has taken the commit.</param>
    /// <returns>The true outcome.</returns>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled before a writer took it; nothing was written.
    /// </exception>
    /// <exception cref="WorkflowException">
    /// The store was closed before an unreachable database answered: nobody can say whether it was written.
    /// </exception>
    Task<CommitResult> CommitAsync(ProcessCommit commit, CancellationToken cancellationToken);

    /// <summary>Puts a client's message into an inbox. Goes before commits in the queue.</summary>
    /// <param name="message">The message; its sequence is given by the store.</param>
    /// <param name="cancellationToken">Counts only until a writer has taken the message.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was written; the same message can be sent again.</exception>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled before a writer took it; nothing was written.
    /// </exception>
    Task<SendResult> SendAsync(InboxMessage message, CancellationToken cancellationToken);

    /// <summary>How far a process is with a message.</summary>
    /// <param name="receiver">The process.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How far; null when there is no such message.</returns>
    Task<MessageSeen?> ReadMessageAsync(ProcessId receiver, string messageId, CancellationToken cancellationToken);

    /// <summary>Reads the children that a step started.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="step">The number of the step.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The children by rising index.</returns>
    Task<IReadOnlyList<ChildRow>> ReadChildrenAsync(ProcessId parent, int step, CancellationToken cancellationToken);

    /// <summary>Lists processes by keyset pagination: a page costs the same wherever it is.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentException">
    /// The page size is not 1 to 1,000, or the continuation is not one of this store's.
    /// </exception>
    Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken);

    /// <summary>Reads a part of a process's history.</summary>
    /// <param name="id">The process.</param>
    /// <param name="afterVersion">The version after which to begin.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entries by rising version.</returns>
    Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Reads lines that a process has reported, page after page.</summary>
    /// <param name="id">The process.</param>
    /// <param name="tree">Whether the lines of all its descendants are wanted too.</param>
    /// <param name="minimum">The lowest level that is wanted.</param>
    /// <param name="afterSequence">The last sequence of the page before; 0 for the first page.</param>
    /// <param name="limit">How many lines at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The lines by rising sequence; each process's own in the order in which it reported them. A lower sequence of
    /// another process of the tree may become visible later.
    /// </returns>
    Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Finds processes that are due, by due time and id.</summary>
    /// <param name="slices">Where to look.</param>
    /// <param name="dueAt">The time until which they are due, inclusive.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The processes; empty when there are no more.</returns>
    Task<IReadOnlyList<DueProcess>> ScanDueAsync(
        SliceRange slices,
        DateTimeOffset dueAt,
        DueProcess? after,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Lists the silos that own a running process, alive or not.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The owners, each once, in no order.</returns>
    Task<IReadOnlyList<string>> ListOwnersAsync(CancellationToken cancellationToken);

    /// <summary>Finds the processes that a silo owns, by id.</summary>
    /// <param name="owner">The silo.</param>
    /// <param name="slices">Where to look.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The processes; empty when there are no more.</returns>
    Task<IReadOnlyList<OwnedProcess>> ScanOwnedAsync(
        string owner,
        SliceRange slices,
        ProcessId? after,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Finds messages that their receivers have not taken in, by sequence.</summary>
    /// <param name="slices">The receivers' slices.</param>
    /// <param name="sentBefore">Only messages sent before this time.</param>
    /// <param name="afterSequence">The last sequence of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The messages; empty when there are no more.</returns>
    Task<IReadOnlyList<UnseenMessage>> ScanUnseenAsync(
        SliceRange slices,
        DateTimeOffset sentBefore,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>
    /// Counts the processes that have not ended, each number up to a limit, so that it costs the same however many
    /// there are.
    /// </summary>
    /// <param name="limit">The limit, 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The numbers.</returns>
    Task<LiveProcesses> CountLiveAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes whole trees whose members have all ended before a time, with their history, reports and inboxes, oldest
    /// first.
    /// </summary>
    /// <param name="finishedBefore">The time.</param>
    /// <param name="limit">How many trees at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many processes were deleted.</returns>
    Task<int> PurgeAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends what silos that are gone have left open in the database, also what froze in the midst of a transaction, so
    /// that its locks hold up nobody. For members that are declared dead: a silo that lives loses its connections and
    /// opens new ones.
    /// </summary>
    /// <param name="silos">The silos, as rows name their owner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many sessions were ended; 0 where a silo's end is the end of its sessions.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The database cannot be reached, or does not let this silo do it.
    /// </exception>
    Task<int> EndSessionsAsync(IReadOnlyCollection<string> silos, CancellationToken cancellationToken);

    /// <summary>Finds out who keeps a process from being written by a lock on its row or its open messages.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session of the database, for people to read; null when nobody does.</returns>
    Task<string?> FindLockAsync(ProcessId id, CancellationToken cancellationToken);
}

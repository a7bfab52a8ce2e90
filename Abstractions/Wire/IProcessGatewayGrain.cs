namespace Orleans.Workflows.Abstractions;

/// <summary>
/// The entry for everything that must not wait for a process's own grain: messages, status, lists, history. A stateless
/// worker, so that any key will do.
/// </summary>
[Alias("owf.IProcessGatewayGrain")]
public interface IProcessGatewayGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Passes a start on to the process's grain. When the silo takes no new processes, the grain comes to another silo;
    /// when those have just refused too, the start is refused here, for next to nothing. For clients that were refused
    /// just before. Idempotent by the request's id.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="request">The start.</param>
    /// <param name="observer">Who is told of the end; <c>null</c> for nobody.</param>
    /// <returns>What became of the start; durable when it says Created.</returns>
    [Alias("Start")]
    Task<StartReply> StartAsync(ProcessId id, StartRequest request, IProcessObserver? observer);

    /// <summary>
    /// Puts a signal or control into a process's inbox and pokes the process. Durable when it returns. Idempotent by
    /// the message's id.
    /// </summary>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">Counts until a writer has taken the message.</param>
    /// <returns>What became of it.</returns>
    [Alias("Send")]
    Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken);

    /// <summary>What became of a message.</summary>
    /// <param name="receiver">Its receiver.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="messageId">Its id, as it was sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its effect.</returns>
    [Alias("GetEffect")]
    Task<MessageEffectReply> GetEffectAsync(
        ProcessId receiver,
        MessageKind kind,
        string messageId,
        CancellationToken cancellationToken);

    /// <summary>What a process does now.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its status; <c>null</c> when there is no such process.</returns>
    [Alias("GetStatus")]
    Task<ProcessStatus?> GetStatusAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>How a process ended, from the store.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its outcome, if it has ended.</returns>
    [Alias("GetOutcome")]
    Task<SubscribeReply> GetOutcomeAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>What a process remembers.</summary>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its checkpoint; <c>null</c> when there is no such process.</returns>
    [Alias("GetCheckpoint")]
    Task<ProcessCheckpoint?> GetCheckpointAsync(ProcessId id, CancellationToken cancellationToken);

    /// <summary>A definition: the newest version that a live silo has.</summary>
    /// <param name="type">The name of the process type.</param>
    /// <returns>The description; <c>null</c> when no live silo knows the type.</returns>
    [Alias("Describe")]
    Task<ProcessDescription?> DescribeAsync(string type);

    /// <summary>The process types that a live silo can run.</summary>
    /// <returns>The names, sorted.</returns>
    [Alias("ListTypes")]
    Task<IReadOnlyList<string>> ListTypesAsync();

    /// <summary>The process types that a live silo can run, with the silos.</summary>
    /// <returns>The types, sorted by name.</returns>
    [Alias("ListTypeSilos")]
    Task<IReadOnlyList<ProcessTypeSilos>> ListTypeSilosAsync();

    /// <summary>A part of a process's report log.</summary>
    /// <param name="id">The process.</param>
    /// <param name="tree">Whether the lines of its descendants are read too.</param>
    /// <param name="minimum">The lowest level that is read.</param>
    /// <param name="afterSequence">The sequence after which to begin; 0 for the start.</param>
    /// <param name="limit">How many lines at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lines by rising sequence; empty when there are no more.</returns>
    [Alias("ReadReports")]
    Task<IReadOnlyList<ReportEntry>> ReadReportsAsync(
        ProcessId id,
        bool tree,
        ReportLevel minimum,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>A page of processes. Activates none of them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page.</returns>
    [Alias("List")]
    Task<ProcessPage> ListAsync(ProcessQuery query, CancellationToken cancellationToken);

    /// <summary>A part of a process's history.</summary>
    /// <param name="id">The process.</param>
    /// <param name="afterVersion">The version after which to begin; 0 for the start.</param>
    /// <param name="limit">How many entries at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entries by rising version; empty when there are no more.</returns>
    [Alias("ReadHistory")]
    Task<IReadOnlyList<HistoryEntry>> ReadHistoryAsync(
        ProcessId id,
        long afterVersion,
        int limit,
        CancellationToken cancellationToken);
}

namespace Orleans.Workflows;

/// <summary>Starts, finds and lists processes. Safe for concurrent use; one per service.</summary>
/// <remarks>
/// Operations are idempotent and are tried again until they succeed, their token is cancelled or the operation timeout
/// is over; a start that is refused as overload, until the overload timeout is over. Cancelling a call ends the
/// waiting, never the process: <see cref="ProcessHandle.KillAsync"/> does that.
/// </remarks>
public interface IProcessClient
{
    /// <summary>Starts a process. It is durable when the task completes.</summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TOutput">The output.</typeparam>
    /// <param name="type">The process type.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id and how it starts; null for a new id, at once.</param>
    /// <param name="cancellationToken">
    /// Ends the attempts. The process may or may not have been started then; the exception has its id, and the same id
    /// tells.
    /// </param>
    /// <returns>A handle; <see cref="ProcessHandle.WasCreated"/> says whether this start made the process.</returns>
    /// <exception cref="ProcessAlreadyExistsException">The id is taken, and the options say to fail.</exception>
    /// <exception cref="PortValidationException">The input is not valid; every fault is listed.</exception>
    /// <exception cref="PayloadException">The input cannot be written, or is larger than 4 MiB.</exception>
    /// <exception cref="ProcessTypeUnknownException">The silo does not know the type.</exception>
    /// <exception cref="WorkflowOverloadedException">
    /// The silo is short of memory or threads, or has more starts than it can store, and still is after
    /// <see cref="WorkflowClientOptions.OverloadTimeout"/>. This start stored nothing; an earlier one with the same id
    /// may have.
    /// </exception>
    /// <exception cref="WorkflowUnavailableException">
    /// The cluster could not be reached in time; it has the id that the process has if it was started.
    /// </exception>
    /// <exception cref="CallCanceledException">
    /// The token was cancelled while nobody knew whether the process was started.
    /// </exception>
    Task<ProcessHandle<TOutput>> StartAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Starts a process whose types the caller does not have.</summary>
    /// <param name="type">The name of the process type.</param>
    /// <param name="input">The input as UTF-8 JSON.</param>
    /// <param name="options">The id and how it starts; null for a new id, at once.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="WorkflowException">As the typed start.</exception>
    Task<ProcessHandle> StartJsonAsync(
        string type,
        byte[] input,
        StartOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a process: it is stored, and nothing runs until it is continued
    /// (<see cref="ProcessHandle.ContinueAsync"/>).
    /// </summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TOutput">The output.</typeparam>
    /// <param name="type">The process type.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id and tags; null for a new id. A delay does not go together with a creation.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="ArgumentException">The options have a delay.</exception>
    /// <exception cref="WorkflowException">As <see cref="StartAsync"/>.</exception>
    Task<ProcessHandle<TOutput>> CreateAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Creates a process whose types the caller does not have.</summary>
    /// <param name="type">The name of the process type.</param>
    /// <param name="input">The input as UTF-8 JSON.</param>
    /// <param name="options">The id and tags; null for a new id.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="ArgumentException">The options have a delay.</exception>
    /// <exception cref="WorkflowException">As <see cref="StartAsync"/>.</exception>
    Task<ProcessHandle> CreateJsonAsync(
        string type,
        byte[] input,
        StartOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Starts a process and waits for its output. The process outlives the caller: with an id and
    /// <see cref="IfExists.UseExisting"/> the next caller gets the same output. An incident does not end the waiting;
    /// it is logged as a warning, once.
    /// </summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TOutput">The output.</typeparam>
    /// <param name="type">The process type.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The id and how it starts; null for a new id, at once.</param>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ProcessFailedException">
    /// The process ended, but not with exit code 0; the exception has the outcome.
    /// </exception>
    /// <exception cref="CallCanceledException">The token was cancelled; the exception has the process's id.</exception>
    /// <exception cref="WorkflowException">As <see cref="StartAsync"/>.</exception>
#pragma warning disable RS0027 // The overload with a handler is another method, not a later form of this one.
    Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options = null,
        CancellationToken cancellationToken = default);
#pragma warning restore RS0027

    /// <summary>Starts a process, waits for its output, and tells of incidents on the way.</summary>
    /// <typeparam name="TInput">The input.</typeparam>
    /// <typeparam name="TOutput">The output.</typeparam>
    /// <param name="type">The process type.</param>
    /// <param name="input">The input.</param>
    /// <param name="onIncident">
    /// Is told of each incident that the waiting meets, once. What it throws ends the waiting; the process goes on. An
    /// incident of a child is told to who waits for the child.
    /// </param>
    /// <param name="options">The id and how it starts; null for a new id, at once.</param>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="WorkflowException">As without a handler of incidents.</exception>
    /// <exception cref="CallCanceledException">The token was cancelled; the exception has the process's id.</exception>
    Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        Action<Incident> onIncident,
        StartOptions? options,
        CancellationToken cancellationToken);

    /// <summary>Describes a process type: ports as a tree and as JSON Schema, exit codes, outline.</summary>
    /// <param name="type">The name of the process type.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>
    /// The description of the newest version that a live silo has, with all silos that have the type.
    /// </returns>
    /// <exception cref="ProcessTypeUnknownException">No live silo knows the type.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    Task<ProcessDescription> DescribeAsync(string type, CancellationToken cancellationToken = default);

    /// <summary>Lists the process types that the cluster can run.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The names of the types that a live silo has, sorted.</returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    Task<IReadOnlyList<string>> ListTypesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the process types that the cluster can run, each with the silos that can: silos need not have the same
    /// ones.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>
    /// The types that a live silo has, sorted by name. A silo of a release that does not say what it has is not in it.
    /// </returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    Task<IReadOnlyList<ProcessTypeSilos>> ListTypeSilosAsync(CancellationToken cancellationToken = default);

    /// <summary>A handle to a process. Asks nobody: whether the process exists shows at the first operation.</summary>
    /// <typeparam name="TOutput">The output.</typeparam>
    /// <param name="id">The process.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="ArgumentException">It is no id that a process can have.</exception>
    ProcessHandle<TOutput> GetHandle<TOutput>(ProcessId id);

    /// <summary>A handle to a process whose output's type the caller does not have.</summary>
    /// <param name="id">The process.</param>
    /// <returns>A handle.</returns>
    /// <exception cref="ArgumentException">It is no id that a process can have.</exception>
    ProcessHandle GetHandle(ProcessId id);

    /// <summary>Lists processes, page after page as they are asked for.</summary>
    /// <param name="query">Which; null for all, the newest first.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The processes in the query's order. A process that is stored meanwhile may be left out.</returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    IAsyncEnumerable<ProcessSummary> ListAsync(
        ProcessQuery? query = null,
        CancellationToken cancellationToken = default);

    /// <summary>Lists one page of processes.</summary>
    /// <param name="query">Which, and where the page begins.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentException">
    /// The page size is not 1 to 1,000, or the continuation is not one that a page gave.
    /// </exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    Task<ProcessPage> ListPageAsync(ProcessQuery query, CancellationToken cancellationToken = default);
}

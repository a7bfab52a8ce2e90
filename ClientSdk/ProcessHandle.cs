using System.Runtime.CompilerServices;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows;

/// <summary>One process, from outside. Cheap to make; safe for concurrent use.</summary>
public partial class ProcessHandle
{
    /// <summary>The payload of a control that is for the whole tree.</summary>
    private static readonly byte[] Tree = [.. "true"u8];

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly ClusterCalls _calls;
    private readonly AwaitedEnd? _end;
    private readonly string? _controlId;

    internal ProcessHandle(ProcessId id, bool wasCreated, ClusterCalls calls, AwaitedEnd? ending)
    {
        Id = id;
        WasCreated = wasCreated;
        _calls = calls;
        _end = ending;
    }

    private ProcessHandle(ProcessHandle other, string controlId)
        : this(other.Id, other.WasCreated, other._calls, other._end) => _controlId = controlId;

    /// <summary>The process.</summary>
    public ProcessId Id { get; }

    /// <summary>
    /// Whether the start that gave this handle made the process. <c>false</c> for a handle that was asked for.
    /// </summary>
    public bool WasCreated { get; }

    /// <summary>
    /// A handle for one control with an id: to send a control again of which nobody knows whether it was stored
    /// (<see cref="WorkflowUnavailableException.MessageId"/>), or with a key of the caller's own. The same id again has
    /// no second effect.
    /// </summary>
    /// <param name="controlId">
    /// Identifies the control for as long as the process exists, 1 to 200 characters. Any other control with this id
    /// counts as the same.
    /// </param>
    /// <returns>The handle: pause, play, kill, continue, retry, skip and edit go with this id.</returns>
    public ProcessHandle WithControlId(string controlId)
    {
        ArgumentException.ThrowIfNullOrEmpty(controlId);
        return new ProcessHandle(this, controlId);
    }

    /// <summary>
    /// Waits until the process has ended, however it ends. An incident does not end the waiting; it is logged as a
    /// warning, once.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
#pragma warning disable RS0027 // The overload with a handler is another method, not a later form of this one.
    public Task<ProcessOutcome> WaitAsync(CancellationToken cancellationToken = default) =>
        _calls.WaitAsync(Id, _end, onIncident: null, cancellationToken);
#pragma warning restore RS0027

    /// <summary>Waits until the process has ended, however it ends, and tells of incidents on the way.</summary>
    /// <param name="onIncident">
    /// Is told of each incident that the waiting meets, once: of one that is open when it begins, and of those that
    /// open later. What it throws ends the waiting. An incident of a child is told to who waits for the child.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    public Task<ProcessOutcome> WaitAsync(Action<Incident> onIncident, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onIncident);
        return _calls.WaitAsync(Id, _end, onIncident, cancellationToken);
    }

    /// <summary>How the process ended, without waiting for it.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>How it ended; null while it has not.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessOutcome?> GetOutcomeAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _calls
            .AskAsync((gateway, token) => gateway.GetOutcomeAsync(Id, token), cancellationToken)
            .ConfigureAwait(false);
        return reply.Found ? reply.Outcome : throw NotFound(Id);
    }

    /// <summary>What the process does now, as of its last commit.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The status, with what it is waiting for in one sentence.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        await _calls
            .AskAsync((gateway, token) => gateway.GetStatusAsync(Id, token), cancellationToken)
            .ConfigureAwait(false)
        ?? throw NotFound(Id);

    /// <summary>
    /// Waits until the process is in a state of the caller's choice: it looks at it again and again, at least once a
    /// second.
    /// </summary>
    /// <remarks>
    /// A state that is over before the next look is not seen. For the end there is
    /// <see cref="WaitAsync(CancellationToken)"/>, which is told of it.
    /// </remarks>
    /// <param name="condition">
    /// Whether the status is what is waited for: <c>status =&gt; status.AwaitedSignal == "approval"</c>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>The status that fulfils the condition.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="InvalidProcessStateException">
    /// The process has ended, and the condition does not hold.
    /// </exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessStatus> UntilAsync(
        Func<ProcessStatus, bool> condition,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var (status, holds) = await LookAsync(condition, cancellationToken).ConfigureAwait(false);
        return holds ? status : throw new InvalidProcessStateException(
            $"The process {Id} is {status.Summary.State}, and what was waited for has not come: {status.WaitingFor}")
        {
            ProcessId = Id,
            State = status.Summary.State,
        };
    }

    /// <summary>What the process remembers: input, context, the outputs that it has emitted until now.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>Its checkpoint, as of its last commit.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessCheckpoint> GetCheckpointAsync(CancellationToken cancellationToken = default) =>
        await _calls
            .AskAsync((gateway, token) => gateway.GetCheckpointAsync(Id, token), cancellationToken)
            .ConfigureAwait(false)
        ?? throw NotFound(Id);

    /// <summary>The process with the processes that it started, and theirs.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The tree below this process.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessTree> GetTreeAsync(CancellationToken cancellationToken = default)
    {
        var top = (await GetStatusAsync(cancellationToken).ConfigureAwait(false)).Summary;
        var all = new List<ProcessSummary>();
        for (var query = new ProcessQuery { Root = top.Root, PageSize = 1_000 }; ;)
        {
            var asked = query;
            var page = await _calls
                .AskAsync((gateway, token) => gateway.ListAsync(asked, token), cancellationToken)
                .ConfigureAwait(false);
            all.AddRange(page.Items);
            if (page.Next is null)
            {
                return ProcessTree.Of(top, all);
            }

            query = query with { Continue = page.Next };
        }
    }

    /// <summary>Reads the report log.</summary>
    /// <param name="minimum">The lowest level that is read.</param>
    /// <param name="tree">Whether the lines of the processes that it started are read too, and of theirs.</param>
    /// <param name="afterSequence">The line after which to begin; 0 for the start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The lines by rising sequence; empty for a process that does not exist.</returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async IAsyncEnumerable<ReportEntry> GetReportsAsync(
        ReportLevel minimum = ReportLevel.Debug,
        bool tree = false,
        long afterSequence = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int Page = 500;
        while (true)
        {
            var after = afterSequence;
            var lines = await _calls
                .AskAsync(
                    (gateway, token) => gateway.ReadReportsAsync(Id, tree, minimum, after, Page, token),
                    cancellationToken)
                .ConfigureAwait(false);
            foreach (var line in lines)
            {
                yield return line;
            }

            if (lines.Count < Page)
            {
                yield break;
            }

            afterSequence = lines[^1].Sequence;
        }
    }

    /// <summary>
    /// Has a callback called once when the process has ended, also when it had ended already. An incident is no end; it
    /// is logged as a warning, once.
    /// </summary>
    /// <param name="callback">
    /// What to call, on the thread pool. It ends with this service: to survive it, start a process.
    /// </param>
    /// <returns>The registration, which can be called off and awaited.</returns>
    public FinishCallback OnFinish(Func<ProcessOutcome, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new FinishCallback(WaitAsync, callback);
    }

    /// <summary>
    /// Has a callback called once when the process has ended, and another for each incident before that.
    /// </summary>
    /// <param name="callback">As without incidents.</param>
    /// <param name="onIncident">
    /// Is told of each incident that comes before the end, once, on the thread pool: also of one that is open already.
    /// What it throws calls the callback off, and <see cref="FinishCallback.Completion"/> fails with it.
    /// </param>
    /// <returns>The registration, which can be called off and awaited.</returns>
    public FinishCallback OnFinish(Func<ProcessOutcome, Task> callback, Action<Incident> onIncident)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(onIncident);
        return new FinishCallback(token => WaitAsync(onIncident, token), callback);
    }

    /// <summary>Reads the history: one entry per commit, without gaps.</summary>
    /// <param name="afterVersion">The version after which to begin; 0 for the start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The entries by rising version; empty for a process that does not exist.</returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async IAsyncEnumerable<HistoryEntry> GetHistoryAsync(
        long afterVersion = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int Page = 500;
        while (true)
        {
            var after = afterVersion;
            var entries = await _calls
                .AskAsync((gateway, token) => gateway.ReadHistoryAsync(Id, after, Page, token), cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in entries)
            {
                yield return entry;
            }

            if (entries.Count < Page)
            {
                yield break;
            }

            afterVersion = entries[^1].Version;
        }
    }

    /// <summary>The id.</summary>
    /// <returns>The id as text.</returns>
    public override string ToString() => Id.Value;

    /// <summary>Looks until a condition holds, or cannot hold any more.</summary>
    private async Task<(ProcessStatus Status, bool Holds)> LookAsync(
        Func<ProcessStatus, bool> condition,
        CancellationToken cancellationToken)
    {
        for (var delay = ShortestLook; ; delay = BackOff.After(delay, LongestLook))
        {
            var status = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
            var holds = condition(status);
            if (holds || status.Summary.State is ProcessState.Finished or ProcessState.Excepted or ProcessState.Killed)
            {
                return (status, holds);
            }

            await Task.Delay(delay, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ProcessNotFoundException NotFound(ProcessId id) =>
        new($"There is no process '{id}': it never existed, or was purged.") { ProcessId = id };
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>The client over Orleans' own.</summary>
/// <param name="calls">Calls the cluster.</param>
/// <param name="watch">Is told of starts without ids; null outside a silo.</param>
internal sealed class ProcessClient(ClusterCalls calls, IStartWatch? watch = null) : IProcessClient
{
    /// <inheritdoc/>
    public async Task<ProcessHandle<TOutput>> StartAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = TypedInput.Write(input, type.Name);
        var answered = await StartCoreAsync(
                type.Name,
                json,
                options ?? new StartOptions(),
                hold: false,
                cancellationToken)
            .ConfigureAwait(false);
        return new ProcessHandle<TOutput>(answered.Id, answered.IsCreated(), calls, answered.AwaitedEnd);
    }

    /// <inheritdoc/>
    public async Task<ProcessHandle<TOutput>> CreateAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = TypedInput.Write(input, type.Name);
        var answered = await StartCoreAsync(
                type.Name,
                json,
                options ?? new StartOptions(),
                hold: true,
                cancellationToken)
            .ConfigureAwait(false);
        return new ProcessHandle<TOutput>(answered.Id, answered.IsCreated(), calls, answered.AwaitedEnd);
    }

    /// <inheritdoc/>
    public async Task<ProcessHandle> CreateJsonAsync(
        string type,
        byte[] input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var answered = await StartCoreAsync(type, input, options ?? new StartOptions(), hold: true, cancellationToken)
            .ConfigureAwait(false);
        return new ProcessHandle(answered.Id, answered.IsCreated(), calls, answered.AwaitedEnd);
    }

    /// <inheritdoc/>
    public Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken) =>
        ExecuteAsync(
            type, input, static (process, token) => process.GetResultAsync(token), options, cancellationToken);

    /// <inheritdoc/>
    public Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        Action<Incident> onIncident,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onIncident);
        return ExecuteAsync(
            type, input, (process, token) => process.GetResultAsync(onIncident, token), options, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ProcessDescription> DescribeAsync(string type, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        return await calls
            .AskAsync((gateway, _) => gateway.DescribeAsync(type), cancellationToken)
            .ConfigureAwait(false)
            ?? throw new ProcessTypeUnknownException(
                $"No live silo has the process type '{type}'; the cluster has "
                + $"{string.Join(", ", await ListTypesAsync(cancellationToken).ConfigureAwait(false))}.")
            {
                ProcessType = type,
            };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTypesAsync(CancellationToken cancellationToken) =>
        calls.AskAsync(static (gateway, _) => gateway.ListTypesAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProcessTypeSilos>> ListTypeSilosAsync(CancellationToken cancellationToken) =>
        calls.AskAsync(static (gateway, _) => gateway.ListTypeSilosAsync(), cancellationToken);

    /// <inheritdoc/>
    public async Task<ProcessHandle> StartJsonAsync(
        string type,
        byte[] input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var answered = await StartCoreAsync(type, input, options ?? new StartOptions(), hold: false, cancellationToken)
            .ConfigureAwait(false);
        return new ProcessHandle(answered.Id, answered.IsCreated(), calls, answered.AwaitedEnd);
    }

    /// <inheritdoc/>
    public ProcessHandle<TOutput> GetHandle<TOutput>(ProcessId id)
    {
        RequestChecks.CheckId(id);
        return new ProcessHandle<TOutput>(id, wasCreated: false, calls, ending: null);
    }

    /// <inheritdoc/>
    public ProcessHandle GetHandle(ProcessId id)
    {
        RequestChecks.CheckId(id);
        return new ProcessHandle(id, wasCreated: false, calls, ending: null);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ProcessSummary> ListAsync(
        ProcessQuery? query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = query ?? new ProcessQuery();
        while (true)
        {
            var page = await ListPageAsync(asked, cancellationToken).ConfigureAwait(false);
            foreach (var process in page.Items)
            {
                yield return process;
            }

            if (page.Next is null)
            {
                yield break;
            }

            asked = asked with { Continue = page.Next };
        }
    }

    /// <inheritdoc/>
    public async Task<ProcessPage> ListPageAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        RequestChecks.Check(query);
        return Answering(
            query,
            await calls
                .AskAsync((gateway, token) => gateway.ListAsync(query, token), cancellationToken)
                .ConfigureAwait(false));
    }

    /// <summary>
    /// What a page has of what was asked for: a gateway of an older version does not know the question for roots, and
    /// lists all.
    /// </summary>
    /// <returns>The page, with fewer entries perhaps.</returns>
    internal static ProcessPage Answering(ProcessQuery query, ProcessPage page) =>
        query.RootsOnly && page.Items.Any(static process => process.Parent is not null)
            ? page with { Items = [.. page.Items.Where(static process => process.Parent is null)] }
            : page;

    private async Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        Func<ProcessHandle<TOutput>, CancellationToken, Task<TOutput>> wait,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        var process = await StartAsync(type, input, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await wait(process, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            // The caller has no handle: this is where it learns which process goes on without it.
            throw new CallCanceledException(
                $"The waiting was cancelled; the process '{process.Id}' goes on.",
                e,
                cancellationToken)
            {
                ProcessId = process.Id,
            };
        }
    }

    private async Task<Answered> StartCoreAsync(
        string type,
        byte[] input,
        StartOptions options,
        bool hold,
        CancellationToken cancellationToken)
    {
        if (options.Id is null)
        {
            watch?.StartsWithoutId(type);
        }

        // Made once: every attempt of this call has the same, and the exception of one that had no answer tells it.
        var id = options.Id ?? ProcessId.New();
        var request = new StartRequest
        {
            RequestId = Guid.CreateVersion7().ToString("N"),
            Type = type,
            Input = input,
            Delay = options.Delay,
            Paused = options.Paused,
            Hold = hold,
            Deadline = options.Deadline,
            Tags = options.Tags,
            MayBeStored = options.IfExists == IfExists.UseExisting,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } span } ? span : null,
        };
        RequestChecks.Check(id, request);
        var ending = calls.EndOfStarted(id);
        StartReply? reply = null;

        // Before the call: an activation may move while it answers, and says so to those who have asked.
        ending.AskedAt = TimeProvider.System.GetTimestamp();
        try
        {
            reply = await calls.StartAsync(id, request, cancellationToken).ConfigureAwait(false);
            if (reply.Outcome is { } outcome)
            {
                ending.Tell(outcome);
            }
        }
        finally
        {
            ending = calls.Started(
                id,
                ending,
                isThere: reply?.Status is StartStatus.Created or StartStatus.AlreadyExists);
        }

        return new Answered(id, type, options.IfExists, reply, ending);
    }

    /// <summary>An answer to a start.</summary>
    private sealed record Answered(
        ProcessId Id,
        string Type,
        IfExists IfExists,
        StartReply Reply,
        AwaitedEnd AwaitedEnd)
    {
        /// <summary>Whether the process was made.</summary>
        /// <remarks>
        /// Called by what the caller has called: each method that an exception passes through costs as much as a call.
        /// </remarks>
        public bool IsCreated() =>
            Reply.Status switch
            {
                StartStatus.Created => true,
                StartStatus.AlreadyExists when IfExists == IfExists.UseExisting && Reply.Type is null => false,
                StartStatus.AlreadyExists => throw new ProcessAlreadyExistsException(
                    Reply.Type is { } other
                        ? $"There is already a process '{Id}', of the type '{other}' and not '{Type}'; it is "
                            + $"{Reply.State}. Choose another id."
                        : $"There is already a process '{Id}'; it is {Reply.State}. Choose another id, or start with "
                            + "IfExists.UseExisting.")
                {
                    ProcessId = Id,
                    State = Reply.State,
                },
                StartStatus.InvalidInput => throw new PortValidationException(
                    $"The input of '{Type}' is not valid: {string.Join(" ", Reply.Faults)}")
                {
                    Faults = [.. Reply.Faults.Select(PortFault.Parse)],
                },
                StartStatus.Overloaded => throw new WorkflowOverloadedException(string.Join(" ", Reply.Faults)),
                StartStatus.UnknownType => throw new ProcessTypeUnknownException(string.Join(" ", Reply.Faults))
                {
                    ProcessType = Type,
                },
                _ => throw new WorkflowException(
                    $"The start of '{Type}' was refused ({Reply.Status}): {string.Join(" ", Reply.Faults)}"),
            };
    }
}

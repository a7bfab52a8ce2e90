using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>The client over Orleans' own.</summary>
internal sealed class ProcessClient(ClusterCalls calls) : IProcessClient
{
    /// <inheritdoc/>
    public async Task<ProcessHandle<TOutput>> StartAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = WorkflowJson.Write(input, $"input of '{type.Name}'");
        var (id, created, ending) = await StartCoreAsync(type.Name, json, options ?? new StartOptions(), hold: false, cancellationToken).ConfigureAwait(false);
        return new ProcessHandle<TOutput>(id, created, calls, ending);
    }

    /// <inheritdoc/>
    public async Task<ProcessHandle<TOutput>> CreateAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var json = WorkflowJson.Write(input, $"input of '{type.Name}'");
        var (id, created, ending) = await StartCoreAsync(type.Name, json, options ?? new StartOptions(), hold: true, cancellationToken).ConfigureAwait(false);
        return new ProcessHandle<TOutput>(id, created, calls, ending);
    }

    /// <inheritdoc/>
    public async Task<ProcessHandle> CreateJsonAsync(string type, byte[] input, StartOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var json = WorkflowJson.Checked(input, $"input of '{type}'");
        var (id, created, ending) = await StartCoreAsync(type, json, options ?? new StartOptions(), hold: true, cancellationToken).ConfigureAwait(false);
        return new ProcessHandle(id, created, calls, ending);
    }

    /// <inheritdoc/>
    public async Task<TOutput> ExecuteAsync<TInput, TOutput>(
        ProcessType<TInput, TOutput> type,
        TInput input,
        StartOptions? options,
        CancellationToken cancellationToken)
    {
        var process = await StartAsync(type, input, options, cancellationToken).ConfigureAwait(false);
        return await process.GetResultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ProcessDescription> DescribeAsync(string type, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        return await calls.AskAsync((gateway, _) => gateway.DescribeAsync(type), cancellationToken).ConfigureAwait(false)
            ?? throw new ProcessTypeUnknownException($"The silo has no process type '{type}'; it has {string.Join(", ", await ListTypesAsync(cancellationToken).ConfigureAwait(false))}.")
            {
                ProcessType = type,
            };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTypesAsync(CancellationToken cancellationToken) =>
        calls.AskAsync(static (gateway, _) => gateway.ListTypesAsync(), cancellationToken);

    /// <inheritdoc/>
    public async Task<ProcessHandle> StartJsonAsync(string type, byte[] input, StartOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        var json = WorkflowJson.Checked(input, $"input of '{type}'");
        var (id, created, ending) = await StartCoreAsync(type, json, options ?? new StartOptions(), hold: false, cancellationToken).ConfigureAwait(false);
        return new ProcessHandle(id, created, calls, ending);
    }

    /// <inheritdoc/>
    public ProcessHandle<TOutput> GetHandle<TOutput>(ProcessId id) => new(id, wasCreated: false, calls, ending: null);

    /// <inheritdoc/>
    public ProcessHandle GetHandle(ProcessId id) => new(id, wasCreated: false, calls, ending: null);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ProcessSummary> ListAsync(ProcessQuery? query, [EnumeratorCancellation] CancellationToken cancellationToken)
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
    public Task<ProcessPage> ListPageAsync(ProcessQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return calls.AskAsync((gateway, token) => gateway.ListAsync(query, token), cancellationToken);
    }

    private async Task<(ProcessId Id, bool Created, Ending Ending)> StartCoreAsync(
        string type,
        byte[] input,
        StartOptions options,
        bool hold,
        CancellationToken cancellationToken)
    {
        options.Validate();
        if (hold && options.Delay > TimeSpan.Zero)
        {
            throw new ArgumentException("A process that is created starts when it is continued: a delay is not for it.", nameof(options));
        }

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
        var ending = calls.Await(id);

        // Before the call: an activation may move while it answers, and says so to those who have asked.
        ending.AskedAt = TimeProvider.System.GetTimestamp();
        var reply = await calls.StartAsync(id, request, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome is { } outcome)
        {
            ending.Tell(outcome);
        }

        var created = reply.Status switch
        {
            StartStatus.Created => true,
            StartStatus.AlreadyExists when options.IfExists == IfExists.UseExisting => false,
            StartStatus.AlreadyExists => throw new ProcessAlreadyExistsException($"There is already a process '{id}'; it is {reply.State}. Choose another id, or start with IfExists.UseExisting.")
            {
                ProcessId = id,
                State = reply.State,
            },
            StartStatus.InvalidInput => throw new PortValidationException($"The input of '{type}' is not valid: {string.Join(" ", reply.Faults)}") { Faults = reply.Faults },
            StartStatus.Overloaded => throw new WorkflowOverloadedException(string.Join(" ", reply.Faults)),
            StartStatus.UnknownType => throw new ProcessTypeUnknownException(string.Join(" ", reply.Faults)) { ProcessType = type },
            _ => throw new WorkflowException($"The start of '{type}' was refused ({reply.Status}): {string.Join(" ", reply.Faults)}"),
        };
        return (id, created, ending);
    }
}

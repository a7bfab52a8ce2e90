using System.Runtime.CompilerServices;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.ClientSdk;

/// <summary>One process, from outside. Cheap to make; safe for concurrent use.</summary>
public class ProcessHandle
{
    private readonly ClusterCalls _calls;
    private readonly Ending? _ending;

    internal ProcessHandle(ProcessId id, bool wasCreated, ClusterCalls calls, Ending? ending)
    {
        Id = id;
        WasCreated = wasCreated;
        _calls = calls;
        _ending = ending;
    }

    /// <summary>The process.</summary>
    public ProcessId Id { get; }

    /// <summary>Whether the start that gave this handle made the process. <c>false</c> for a handle that was asked for.</summary>
    public bool WasCreated { get; }

    /// <summary>Waits until the process has ended, however it ends.</summary>
    /// <param name="cancellationToken">Ends the waiting; the process goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    public Task<ProcessOutcome> WaitAsync(CancellationToken cancellationToken = default) => _calls.WaitAsync(Id, _ending, cancellationToken);

    /// <summary>What the process does now, as of its last commit.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The status, with what it is waiting for in one sentence.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async Task<ProcessStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        await _calls.AskAsync((gateway, token) => gateway.GetStatusAsync(Id, token), cancellationToken).ConfigureAwait(false) ?? throw NotFound(Id);

    /// <summary>Sends a signal. It is durable when the task completes; the process gets it once, also if it does not wait for it yet.</summary>
    /// <typeparam name="TSignal">The payload.</typeparam>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="signalId">Identifies the signal for as long as the process exists: the same id again has no second effect. Null for a new one.</param>
    /// <param name="cancellationToken">Ends the attempts. The signal may or may not have been stored then; the same id tells.</param>
    /// <returns>Whether this call stored it: <c>false</c> when it was known.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="InvalidProcessStateException">The process has ended.</exception>
    /// <exception cref="PayloadException">The payload cannot be written, or is larger than 4 MiB.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<bool> SignalAsync<TSignal>(string name, TSignal payload, string? signalId = null, CancellationToken cancellationToken = default) =>
        SignalJsonAsync(name, WorkflowJson.Write(payload, $"signal '{name}'"), signalId, cancellationToken);

    /// <summary>Sends a signal whose payload is JSON already.</summary>
    /// <param name="name">The signal's name, 1 to 200 characters.</param>
    /// <param name="payload">UTF-8 JSON; empty for none.</param>
    /// <param name="signalId">Identifies the signal for as long as the process exists. Null for a new one.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>Whether this call stored it.</returns>
    /// <exception cref="WorkflowException">As <see cref="SignalAsync"/>.</exception>
    public async Task<bool> SignalJsonAsync(string name, byte[] payload, string? signalId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 200, nameof(name));
        var request = new MessageRequest
        {
            Receiver = Id,
            MessageId = signalId ?? Guid.CreateVersion7().ToString("N"),
            Kind = MessageKind.Signal,
            Name = name,
            Payload = WorkflowJson.Checked(payload, $"signal '{name}'"),
        };
        var reply = await _calls.AskAsync((gateway, token) => gateway.SendAsync(request, token), cancellationToken).ConfigureAwait(false);
        return reply.Status switch
        {
            MessageStatus.Stored => true,
            MessageStatus.Duplicate => false,
            MessageStatus.NotFound => throw NotFound(Id),
            _ => throw new InvalidProcessStateException($"The process {Id} is {reply.State}: the signal '{name}' comes too late.") { ProcessId = Id, State = reply.State },
        };
    }

    /// <summary>Pauses the process: at once when it waits, at the end of its step when one runs. Timers do not fire and signals are kept meanwhile.</summary>
    /// <param name="text">Shown as the status text until it is played; null to leave that as it is.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer, as soon as the intent is durable.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> PauseAsync(string? text = null, CancellationToken cancellationToken = default) => ControlAsync(MessageKind.Pause, text, cancellationToken);

    /// <summary>Lets a paused process go on. On an incident: has the step tried again.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer, as soon as the intent is durable.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> PlayAsync(CancellationToken cancellationToken = default) => ControlAsync(MessageKind.Play, text: null, cancellationToken);

    /// <summary>Ends the process as Killed, with its children: at once when it waits, after its step's cooperation or its grace period when one runs.</summary>
    /// <param name="text">Why; kept and shown.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer, as soon as the intent is durable. Nothing takes an accepted kill back.</returns>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public Task<ControlResult> KillAsync(string? text = null, CancellationToken cancellationToken = default) => ControlAsync(MessageKind.Kill, text, cancellationToken);

    /// <summary>Reads the history: one entry per commit, without gaps.</summary>
    /// <param name="afterVersion">The version after which to begin; 0 for the start.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The entries by rising version; empty for a process that does not exist.</returns>
    /// <exception cref="WorkflowUnavailableException">The cluster could not be reached in time.</exception>
    public async IAsyncEnumerable<HistoryEntry> GetHistoryAsync(long afterVersion = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int Page = 500;
        while (true)
        {
            var after = afterVersion;
            var entries = await _calls.AskAsync((gateway, token) => gateway.ReadHistoryAsync(Id, after, Page, token), cancellationToken).ConfigureAwait(false);
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

    private async Task<ControlResult> ControlAsync(MessageKind kind, string? text, CancellationToken cancellationToken)
    {
        if (text is { Length: > 1_000 })
        {
            throw new ArgumentException("The text has more than 1,000 characters.", nameof(text));
        }

        var request = new MessageRequest { Receiver = Id, MessageId = Guid.CreateVersion7().ToString("N"), Kind = kind, Name = text };
        var reply = await _calls.AskAsync((gateway, token) => gateway.SendAsync(request, token), cancellationToken).ConfigureAwait(false);
        if (kind == MessageKind.Kill)
        {
            // A step that holds its thread keeps its activation from telling the end, so those who wait ask from now on.
            _calls.Await(Id).AskAgain();
        }

        return reply.Status == MessageStatus.NotFound
            ? throw NotFound(Id)
            : new ControlResult(reply.Control, reply.Status == MessageStatus.Terminal ? null : request, _calls);
    }

    private static ProcessNotFoundException NotFound(ProcessId id) =>
        new($"There is no process '{id}': it never existed, or was purged.") { ProcessId = id };
}

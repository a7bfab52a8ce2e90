using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.ClientSdk;

/// <summary>
/// Calls the cluster, again and again while it is a matter of time. Everything that it calls is idempotent.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="options">How patient it is.</param>
/// <param name="logger">Where incidents are told that a wait meets.</param>
/// <param name="connection">
/// What connects in the background; null where the host does so before anything is called.
/// </param>
internal sealed partial class ClusterCalls(
    IGrainFactory grains,
    IOptions<WorkflowClientOptions> options,
    ILogger<ClusterCalls> logger,
    ConnectionState? connection = null)
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long it is remembered that not every silo has every type.</summary>
    private static readonly TimeSpan UnevenMemory = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Each key of the gateway grain may go over another gateway; a call that is made again takes the next key.
    /// </summary>
    private const int Keys = 4;

    private readonly CallAttempts _attempts = new(options, connection);
    private readonly EndObserver _observer = new();
    private readonly IProcessGatewayGrain?[] _gateways = new IProcessGatewayGrain?[Keys];
    private IProcessObserver? _reference;
    private GrainReference? _anyProcess;
    private uint _nextKey;
    private long _refusedAt;
    private long _unevenAt;

    /// <summary>Awaits the end of a process.</summary>
    public AwaitedEnd EndOf(ProcessId id) => _observer.EndOf(id);

    /// <summary>Awaits the end of a process that is being started.</summary>
    public AwaitedEnd EndOfStarted(ProcessId id) => _observer.Start(id);

    /// <summary>Goes on awaiting it when the start is answered.</summary>
    public AwaitedEnd Started(ProcessId id, AwaitedEnd ending, bool isThere) => _observer.Started(id, ending, isThere);

    /// <summary>
    /// Has those who wait ask again when a gateway is lost: the notices that it was to bring are lost too.
    /// </summary>
    /// <param name="lost">Whether one is lost; else there is one more.</param>
    public void GatewaysChanged(bool lost)
    {
        if (lost)
        {
            _observer.AskAgain();
        }
    }

    /// <summary>Asks the gateway, which answers from the store.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <exception cref="WorkflowUnavailableException">No answer within the operation timeout.</exception>
    public Task<T> AskAsync<T>(
        Func<IProcessGatewayGrain, CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken) =>
        _attempts.UntilAnsweredAsync(
            token => ask(Gateway(), token),
            static _ => null,
            doubt: null,
            cancellationToken);

    /// <summary>Sends a signal or control over the gateway.</summary>
    /// <exception cref="WorkflowUnavailableException">No answer within the operation timeout.</exception>
    public async Task<MessageReply> SendAsync(MessageRequest request, CancellationToken cancellationToken)
    {
        RequestChecks.Check(request);
        return await _attempts
            .UntilAnsweredAsync(
                token => Gateway().SendAsync(request, token),
                static _ => null,
                Doubt.Of(request),
                cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Starts a process and asks to be told of its end.</summary>
    /// <returns>
    /// The answer; Overloaded when the overload timeout is over, and none of the calls stored anything.
    /// </returns>
    /// <exception cref="WorkflowUnavailableException">No answer within the operation timeout.</exception>
    public async Task<StartReply> StartAsync(ProcessId id, StartRequest request, CancellationToken cancellationToken)
    {
        // A call without an answer may have stored the process, and may still do so: then nobody can say that it is
        // refused.
        var (inDoubt, began, patience) = (false, TimeProvider.System.GetTimestamp(), options.Value.OverloadTimeout);
        for (var delay = ShortestPause; ; delay = BackOff.After(delay, CallAttempts.LongestDelay))
        {
            var reply = await _attempts
                .UntilAnsweredAsync(
                    AskOnceAsync,
                    reply =>
                        reply.Status == StartStatus.Unavailable || (reply.Status == StartStatus.Overloaded && inDoubt)
                            ? new WorkflowUnavailableException(string.Join(" ", reply.Faults))
                            : null,
                    Doubt.OfStart(id),
                    cancellationToken)
                .ConfigureAwait(false);
            var left =
                patience == Timeout.InfiniteTimeSpan
                    ? CallAttempts.LongestDelay
                    : patience - TimeProvider.System.GetElapsedTime(began);
            if (reply.Status != StartStatus.Overloaded || left <= TimeSpan.Zero)
            {
                return reply;
            }

            var pause = BackOff.Spread(delay);
            await Task.Delay(pause < left ? pause : left, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(
                    $"The call was cancelled. The start was refused: {string.Join(" ", reply.Faults)}",
                    cancellationToken);
            }
        }

        async Task<StartReply> AskOnceAsync(CancellationToken token)
        {
            await PrepareAsync().ConfigureAwait(false);
            var (sent, inDoubtBefore) = (request with { MayBeStored = request.MayBeStored || inDoubt }, inDoubt);
            inDoubt = true;

            // After a call without an answer over the gateway's grain too, which is where this client is connected: the
            // silo that has the process may not know the way back here.
            var first =
                inDoubtBefore || IsRefused || IsUneven
                    ? Gateway().StartAsync(id, sent, Observer())
                    : ProcessOf(id).StartAsync(sent, Observer());
            var reply = await first.ConfigureAwait(false);
            if (reply.Elsewhere)
            {
                Volatile.Write(ref _unevenAt, TimeProvider.System.GetTimestamp());
                reply = await Gateway().StartAsync(id, sent, Observer()).ConfigureAwait(false);
            }

            inDoubt = inDoubtBefore || reply is { Status: StartStatus.Unavailable, Elsewhere: false };
            if (reply.Status == StartStatus.Overloaded)
            {
                Volatile.Write(ref _refusedAt, TimeProvider.System.GetTimestamp());
            }

            return reply;
        }
    }

    /// <summary>
    /// Waits for the end of a process. Asks again every 15 seconds, so that a notice that was lost costs no more than
    /// that.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <param name="known">The end that a start has asked for already; null for none.</param>
    /// <param name="onIncident">
    /// Is told of each incident that the wait meets, and ends it by throwing; null for a line in the log.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProcessNotFoundException">There is no such process.</exception>
    public async Task<ProcessOutcome> WaitAsync(
        ProcessId id,
        AwaitedEnd? known,
        Action<Incident>? onIncident,
        CancellationToken cancellationToken)
    {
        if (connection is { IsConnected: false })
        {
            await connection.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        (DateTimeOffset, int)? said = null;
        var ending = known ?? EndOf(id);
        var wait = RenewEvery - (ending.AskedAt == 0 ? RenewEvery : TimeProvider.System.GetElapsedTime(ending.AskedAt));
        var pause = ShortestPause;
        while (true)
        {
            if (ending.Task.IsCompletedSuccessfully)
            {
                return await ending.Task.ConfigureAwait(false);
            }

            var moved = ending.Moved;
            if (wait <= TimeSpan.Zero)
            {
                ending.AskedAt = TimeProvider.System.GetTimestamp();
                var reply = await SubscribeAsync(id).WaitAsync(cancellationToken).ConfigureAwait(false);
                if (reply is { Found: false })
                {
                    throw new ProcessNotFoundException(
                        $"There is no process '{id}': it never existed, or was purged.")
                    {
                        ProcessId = id,
                    };
                }

                if (reply?.Outcome is { } outcome)
                {
                    return outcome;
                }

                if (reply?.Incident is { } incident && (incident.OpenedAt, incident.Attempts) != said)
                {
                    said = (incident.OpenedAt, incident.Attempts);
                    (onIncident ?? Tell(id))(incident);
                }

                wait = reply is null ? CallAttempts.LongestDelay : RenewEvery;
            }

            // Whatever happens first: the end, word that it will not be told, or the time to ask again.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var first = await Task.WhenAny(ending.Task, moved, Task.Delay(wait, TimeProvider.System, limit.Token))
                .ConfigureAwait(false);
            await limit.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == moved)
            {
                // Whoever moves again and again, because the store is away for example, is not asked in a tight loop.
                await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                pause = BackOff.After(pause, CallAttempts.LongestDelay);
            }
            else
            {
                pause = ShortestPause;
            }

            // An end that was told is forgotten: whoever awaited it anew would have to ask, and bring the process back
            // into memory for it.
            ending = ending.Task.IsCompleted ? ending : EndOf(id);
            wait = TimeSpan.Zero;
        }
    }

    /// <summary>Tells in the log of the incidents that a wait meets.</summary>
    public Action<Incident> Tell(ProcessId id) =>
        incident => LogIncident(
            logger,
            id,
            incident.Code,
            UnseenCharacters.Shown(incident.Text),
            UnseenCharacters.Shown(incident.Remedy));

    /// <summary>
    /// Asks the grain; when that does not answer, for example because a step holds its thread, the store. Null when
    /// nobody answers.
    /// </summary>
    private async Task<SubscribeReply?> SubscribeAsync(ProcessId id)
    {
        try
        {
            await PrepareAsync().ConfigureAwait(false);
            return await ProcessOf(id)
                .SubscribeAsync(Observer())
                .WaitAsync(CallAttempts.LongestDelay)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (CallAttempts.IsTransient(e))
        {
            try
            {
                var reply = await Gateway().GetOutcomeAsync(id, CancellationToken.None).ConfigureAwait(false);
                return reply.Outcome is null && reply.Found ? null : reply;
            }
            catch (Exception again) when (CallAttempts.IsTransient(again))
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Whether starts have just been refused. Then they go over the gateway's grain: it refuses for next to nothing
    /// what would cost a process's grain its activation. Otherwise it would be a call more for each start.
    /// </summary>
    private bool IsRefused =>
        Volatile.Read(ref _refusedAt) is var at and not 0
        && TimeProvider.System.GetElapsedTime(at) < CallAttempts.LongestDelay;

    /// <summary>
    /// Whether a start has come to a silo without its type lately. Then starts go over the gateway's grain, which knows
    /// where the types are: a silo more on the way, where a process's grain would have to move.
    /// </summary>
    private bool IsUneven =>
        Volatile.Read(ref _unevenAt) is var at and not 0 && TimeProvider.System.GetElapsedTime(at) < UnevenMemory;

    // Orleans reads attributes to find the type of a grain, each time anew: the references are kept, and the type,
    // which is the same for all processes.
    private IProcessGatewayGrain Gateway()
    {
        var key = Interlocked.Increment(ref _nextKey) % Keys;
        return _gateways[key] ??= grains.GetGrain<IProcessGatewayGrain>(key);
    }

    private IProcessGrain ProcessOf(ProcessId id)
    {
        _anyProcess ??= (GrainReference)grains.GetGrain<IProcessGrain>("any");
        return (IProcessGrain)
            grains.GetGrain(GrainId.Create(_anyProcess.GrainId.Type, id.Value), _anyProcess.InterfaceType);
    }

    /// <summary>
    /// Makes the observer's reference outside of any grain, where Orleans allows it: the first to call may be a step of
    /// this silo.
    /// </summary>
    private ValueTask PrepareAsync() => _reference is not null ? default
        : new ValueTask(Task.Run(() => _reference ??= grains.CreateObjectReference<IProcessObserver>(_observer)));

    private IProcessObserver Observer() => _reference!;

    [LoggerMessage(
        400054,
        LogLevel.Warning,
        "The process {ProcessId}, which is awaited, has an incident, {Code}, and waits for an operator: {Text} "
        + "{Remedy} The waiting goes on."
    )]
    private static partial void LogIncident(
        ILogger logger,
        ProcessId processId,
        IncidentCode code,
        string text,
        string remedy);
}

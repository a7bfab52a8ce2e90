using System.Data.Common;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.ClientSdk;

/// <summary>Makes a call again while it is a matter of time, for as long as an operation may take.</summary>
/// <param name="options">How long that is.</param>
/// <param name="connection">
/// What connects in the background; null where the host does so before anything is called.
/// </param>
internal sealed class CallAttempts(IOptions<WorkflowClientOptions> options, ConnectionState? connection)
{
    /// <summary>The longest pause between two attempts.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    /// <summary>Whether an error is none of the caller's doing, and another attempt may end better.</summary>
    /// <remarks>
    /// A call is also cancelled when the connection that it went over is given up, without any token of ours. Orleans
    /// looks into the database of the membership to find a grain, and passes on what goes wrong there; or that it could
    /// not be passed on, for want of a codec. A silo that was declared dead finds no silo for a grain.
    /// </remarks>
    public static bool IsTransient(Exception e) => e is TimeoutException
        or OperationCanceledException
        or OrleansMessageRejectionException
        or SiloUnavailableException
        or Orleans.Runtime.Messaging.ConnectionFailedException
        or ClientNotAvailableException
        or DbException
        or CodecNotFoundException
        or UnavailableExceptionFallbackException
        or OrleansException
        or WorkflowUnavailableException;

    /// <summary>Makes a call until it is answered.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">Makes it, once.</param>
    /// <param name="fault">Says why an answer is none yet; null when it is one.</param>
    /// <param name="doubt">What may have been stored without an answer; null for nothing.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="WorkflowUnavailableException">No answer within the operation timeout.</exception>
    public async Task<T> UntilAnsweredAsync<T>(
        Func<CancellationToken, Task<T>> call,
        Func<T, WorkflowException?> fault,
        Doubt? doubt,
        CancellationToken cancellationToken)
    {
        var limit = options.Value.OperationTimeout;
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        if (connection is { IsConnected: false })
        {
            await ConnectAsync(connection, doubt, both.Token, cancellationToken).ConfigureAwait(false);
        }

        Exception? last = null;
        for (var delay = TimeSpan.FromMilliseconds(25); ; delay = BackOff.After(delay, LongestDelay))
        {
            try
            {
                var answer = await call(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
                if (fault(answer) is not { } passing)
                {
                    return answer;
                }

                last = passing;
                await Task.Delay(BackOff.Spread(delay), TimeProvider.System, both.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (IsTransient(e))
            {
                // What ends the attempts may fire while an error is on its way: the tokens decide, not the kind of the
                // error.
                if (cancellationToken.IsCancellationRequested)
                {
                    var text = "The call was cancelled. The cluster had not answered: "
                        + Sentence.Ended((last ?? e).Message);
                    throw doubt?.Canceled(text, e, cancellationToken)
                        ?? new OperationCanceledException(text, e, cancellationToken);
                }

                if (both.IsCancellationRequested)
                {
                    var text = $"The cluster did not answer within {limit}: "
                        + Sentence.Ended(last?.Message ?? "no answer at all");
                    throw doubt?.Unavailable(text, last ?? e)
                        ?? new WorkflowUnavailableException($"{text} The same call can be made again.", last ?? e);
                }

                last = e;
                await Task.Delay(BackOff.Spread(delay), TimeProvider.System, both.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Waits for the first connection. What is not connected has sent nothing, so there is no doubt about what was
    /// stored.
    /// </summary>
    private async Task ConnectAsync(
        ConnectionState state,
        Doubt? call,
        CancellationToken limit,
        CancellationToken cancellationToken)
    {
        try
        {
            await state.Connected.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            var text = $"The client is not connected to its cluster: {state.Missing}. Nothing was sent.";
            if (!cancellationToken.IsCancellationRequested)
            {
                throw new WorkflowUnavailableException(
                    $"{text} It was tried for {options.Value.OperationTimeout}; the same call can be made again.",
                    e)
                {
                    ProcessId = call?.Process,
                    MessageId = call?.MessageId,
                };
            }

            throw call is null
                ? new OperationCanceledException($"The call was cancelled. {text}", e, cancellationToken)
                : new CallCanceledException($"The call was cancelled. {text}", e, cancellationToken)
                {
                    ProcessId = call.Process,
                    MessageId = call.MessageId,
                };
        }
    }
}

namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>
/// Makes calls and writes down each of them and its answer, before and after. What was not answered is asked again.
/// </summary>
/// <param name="log">Takes the lines.</param>
/// <param name="first">The number of the first call.</param>
public sealed class Caller(ClientLog log, int first)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private int _last = first - 1;

    /// <summary>Makes a call until it is answered.</summary>
    /// <param name="line">What it is.</param>
    /// <param name="call">Makes it.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <returns>The answer; null when it was refused.</returns>
    public async Task<string?> CallAsync(
        ClientLine line,
        Func<CancellationToken, Task<string>> call,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(call);
        while (true)
        {
            line = line with { Call = Interlocked.Increment(ref _last), Phase = CallPhase.Invoke, Answer = null };
            log.Append(line);
            try
            {
                var answer = await call(cancellationToken);
                log.Append(line with { Phase = CallPhase.Ok, Answer = answer });
                return answer;
            }
            catch (Exception e)
                when (e is WorkflowUnavailableException or WorkflowOverloadedException or ProcessTypeUnknownException)
            {
                // All silos that have a type can be away at a time. The checker knows whether they were.
                DateTimeOffset? unknownAt = e is ProcessTypeUnknownException ? TimeProvider.System.GetUtcNow() : null;
                log.Append(line with { Phase = CallPhase.Unknown, Answer = e.GetType().Name, UnknownAt = unknownAt });
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
            catch (WorkflowException e)
            {
                log.Append(line with { Phase = CallPhase.Fail, Answer = e.GetType().Name });
                return null;
            }
        }
    }

    /// <summary>Writes down that nothing more is asked about a process.</summary>
    /// <param name="process">The process.</param>
    public void Done(ProcessId process) =>
        log.Append(
            new ClientLine
            {
                Call = Interlocked.Increment(ref _last),
                Kind = CallKind.Done,
                Phase = CallPhase.Ok,
                Process = process.Value,
            });
}

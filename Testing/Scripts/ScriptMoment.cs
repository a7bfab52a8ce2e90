namespace Orleans.Workflows.Testing;

/// <summary>A moment of a script, at which something happens.</summary>
public sealed class ScriptMoment
{
    private readonly ProcessScript _script;
    private readonly ScriptAct _moment;

    /// <summary>Makes a moment.</summary>
    /// <param name="script">The script until then.</param>
    /// <param name="moment">An act at that moment, in which nothing happens.</param>
    internal ScriptMoment(ProcessScript script, ScriptAct moment) => (_script, _moment) = (script, moment);

    /// <summary>A signal is sent.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="name">The signal's name.</param>
    /// <param name="payload">Its payload.</param>
    /// <returns>The script with it.</returns>
    public ProcessScript Signal<T>(string name, T payload) =>
        Add(
            (handle, number, cancellationToken) =>
                handle.SignalAsync(name, payload, ScriptAct.SignalId(number), cancellationToken),
            name);

    /// <summary>The process is paused.</summary>
    /// <returns>The script with it.</returns>
    public ProcessScript Pause() =>
        Add(static (handle, _, cancellationToken) => handle.PauseAsync(cancellationToken: cancellationToken));

    /// <summary>The process is played.</summary>
    /// <returns>The script with it.</returns>
    public ProcessScript Play() =>
        Add(static (handle, _, cancellationToken) => handle.PlayAsync(cancellationToken: cancellationToken));

    /// <summary>The process is killed.</summary>
    /// <returns>The script with it.</returns>
    public ProcessScript Kill() =>
        Add(static (handle, _, cancellationToken) => handle.KillAsync(cancellationToken: cancellationToken));

    /// <summary>The incident is resolved: the step is tried again.</summary>
    /// <returns>The script with it.</returns>
    public ProcessScript Retry() => Add(static (handle, _, cancellationToken) => handle.RetryAsync(cancellationToken));

    /// <summary>Something else happens.</summary>
    /// <param name="act">Does it. It is done again if a crash keeps its answer from coming.</param>
    /// <returns>The script with it.</returns>
    public ProcessScript Do(Func<ProcessHandle, CancellationToken, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return Add((handle, _, cancellationToken) => act(handle, cancellationToken));
    }

    private ProcessScript Add(Func<ProcessHandle, int, CancellationToken, Task> act, string? sent = null) =>
        _script.With(_moment with { DoAsync = act, Sent = sent });
}

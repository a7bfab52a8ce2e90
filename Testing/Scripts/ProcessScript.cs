namespace Orleans.Workflows.Testing;

/// <summary>
/// What happens to a process from outside while a test lets it run: signals and controls, each at its moment, in this
/// order.
/// </summary>
/// <remarks>
/// Immutable. Moments come one after the other: the next one is looked for when the one before has been answered. A
/// signal has an id of its own, so that one whose answer was lost in a crash is sent again without having a second
/// effect; other acts should bear being done twice as well.
/// </remarks>
/// <example>
/// <code>
/// var script = ProcessScript.Empty.WhenWaitingFor("approval").Signal("approval", new Approval(true));
/// </code>
/// </example>
public sealed class ProcessScript
{
    private ProcessScript(IReadOnlyList<ScriptAct> acts) => Acts = acts;

    /// <summary>A script in which nothing happens.</summary>
    public static ProcessScript Empty { get; } = new([]);

    /// <summary>What happens, in order.</summary>
    internal IReadOnlyList<ScriptAct> Acts { get; }

    /// <summary>The moment at which the process waits for a signal.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <returns>The moment, to say what happens then.</returns>
    public ScriptMoment WhenWaitingFor(string signal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(signal);
        return At(
            Moment($"it waits for the signal '{signal}'", status => status.AwaitedSignal == signal) with
            {
                Awaited = signal,
            });
    }

    /// <summary>The moment at which a step runs.</summary>
    /// <param name="position">The step's position, or the end of it: the name of its method, for most.</param>
    /// <returns>The moment, to say what happens then.</returns>
    public ScriptMoment WhenRunning(string position)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(position);
        var moment = Moment(
            $"the step '{position}' runs",
            status => status.Summary is { State: ProcessState.Running, Paused: false }
                && ScriptNames.IsAt(status.Position, position));
        return At(moment with { Position = position });
    }

    /// <summary>The moment at which the process has an incident.</summary>
    /// <returns>The moment, to say what happens then.</returns>
    public ScriptMoment WhenStuck() => When("it has an incident", static status => status.Incident is not null);

    /// <summary>The moment at which the process is paused.</summary>
    /// <returns>The moment, to say what happens then.</returns>
    public ScriptMoment WhenPaused() => When("it is paused", static status => status.Summary.Paused);

    /// <summary>The moment at which something is true of the process.</summary>
    /// <param name="what">The condition, for the message of a test that waits in vain.</param>
    /// <param name="condition">Tells whether it is true.</param>
    /// <returns>The moment, to say what happens then.</returns>
    public ScriptMoment When(string what, Func<ProcessStatus, bool> condition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        ArgumentNullException.ThrowIfNull(condition);
        return At(Moment(what, condition));
    }

    /// <summary>Adds an act.</summary>
    /// <param name="act">The act.</param>
    /// <returns>The longer script.</returns>
    internal ProcessScript With(ScriptAct act) => new([.. Acts, act]);

    private static ScriptAct Moment(string what, Func<ProcessStatus, bool> condition) =>
        new(what, condition, static (_, _, _) => Task.CompletedTask);

    private ScriptMoment At(ScriptAct moment) => new(this, moment);
}

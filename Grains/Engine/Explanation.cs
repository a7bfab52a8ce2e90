using System.Globalization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Says in one sentence what a process is waiting for, from what the store has alone.</summary>
internal static class Explanation
{
    /// <summary>What a process is waiting for.</summary>
    public static string Of(ProcessRow row, Checkpoint checkpoint, IReadOnlyList<InboxMessage> inbox)
    {
        if (row.State.IsTerminal())
        {
            var why = Ending.Read(row.Failure).Message;
            return $"Nothing: it is {row.State} with exit code {row.ExitCode}{(why is null ? "" : $" ({why})")}.";
        }

        if (inbox.Any(static message => message.Kind.IsKill()))
        {
            return row is { State: ProcessState.Running, Paused: false }
                ? $"The end of the step '{checkpoint.Position}', to be killed."
                : "To be killed: the kill has arrived.";
        }

        if (checkpoint.Incident is { } incident)
        {
            return $"An operator: {incident.Text} {incident.Remedy}";
        }

        if (row.Paused)
        {
            return $"To be played: it is paused{(row.StatusText is null ? "" : $" ({row.StatusText})")}.";
        }

        return row.State == ProcessState.Running
            ? $"The end of the step '{checkpoint.Position}', attempt {checkpoint.Attempt}, on silo {row.Owner}."
        : checkpoint.Wait is { } wait ? $"{OfWait(wait)}."
        : "Nothing that the checkpoint names: this is a fault of the engine; report it with the history.";
    }

    /// <summary>What is said of a kill that a running step has not answered.</summary>
    /// <param name="kill">The first kill in the inbox.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">After which time a kill is carried out without the step.</param>
    public static string OfUnanswered(InboxMessage kill, DateTimeOffset now, TimeSpan limit)
    {
        var seconds = Math.Floor((now - kill.SentAt).TotalSeconds);
        var since =
            seconds < 1
                ? "It"
                : string.Create(CultureInfo.InvariantCulture, $"It has not answered the kill for {seconds:0} s; it");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{since} is killed without an answer after {limit.TotalSeconds:0.#} s, and at once by force ('owf kill "
            + $"{kill.Receiver} --force').");
    }

    /// <summary>What ends a wait.</summary>
    public static string OfWait(WaitState wait) =>
        wait switch
        {
            WaitState.Start { Until: null, MaxConcurrency: { } bound } =>
                $"Its turn among the children of its parent, of which no more than {bound} run at a time",
            WaitState.Start { Until: null } => "To be continued: it was created and not started",
            WaitState.Start => $"The time of its start, {wait.Until:O}",
            WaitState.Signal signal =>
                $"The signal '{signal.Name}'{(wait.Until is null ? "" : $", until {wait.Until:O}")}",
            WaitState.Time => $"The time {wait.Until:O}",
            WaitState.Children children =>
                $"{children.Left} of {children.Count} children of step {children.Step} to end"
                    + (children.MaxConcurrency is { } most ? $", no more than {most} at a time" : ""),
            WaitState.Retry => $"The next attempt of the step '{wait.Then}' at {wait.Until:O}",
            WaitState.Unknown unknown =>
                $"Something that a later version of the engine knows (wait {(int)unknown.Stored.Kind})",
            _ => throw new InvalidOperationException($"Unknown wait {wait.GetType().Name}."),
        };
}

using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>Everything has ended. What has not, and could go on, is idle: that is worse.</summary>
internal static class LivenessCheck
{
    /// <summary>How long a process that could go on may take to do so: as the engine's own auditor has it.</summary>
    private static readonly TimeSpan Objective = TimeSpan.FromSeconds(30);

    /// <summary>Checks whether a process is where it has to be.</summary>
    /// <param name="process">The process.</param>
    /// <param name="messages">Its messages.</param>
    /// <param name="evidence">Everything.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(
        ProcessEvidence process,
        IReadOnlyList<MessageEvidence> messages,
        Evidence evidence)
    {
        if (!process.Ended)
        {
            var paused = process.Paused ? ", paused" : "";
            yield return new Violation(
                ViolationKind.NotEnded,
                process.Id,
                $"it is {process.State}{paused}, incident {process.Incident?.ToString() ?? "none"}, owner "
                + $"{process.Owner ?? "none"}, due {process.DueAt:O}");
        }

        if (WhyIdle(process, evidence) is { } why)
        {
            yield return new Violation(ViolationKind.Idle, process.Id, why);
        }

        foreach (var left in messages.Where(static message => message.Seen is MessageSeen.Unseen or MessageSeen.Parked))
        {
            yield return new Violation(
                ViolationKind.MessageIdle,
                process.Id,
                $"the message {left.Kind} '{left.Item}' is {left.Seen}");
        }
    }

    private static string? WhyIdle(ProcessEvidence process, Evidence evidence)
    {
        if (process.Owner is { } owner && !evidence.Silos.Contains(owner))
        {
            return $"its owner {owner} is no silo that lives";
        }

        if (process.DueAt is { } due && due + Objective < evidence.ReadAt)
        {
            return $"it was due {(evidence.ReadAt - due).TotalSeconds:0} s ago";
        }

        return
            process is { State: ProcessState.Running, Paused: false }
            && process.UpdatedAt + Objective < evidence.ReadAt
            ? $"its step was committed {(evidence.ReadAt - process.UpdatedAt).TotalSeconds:0} s ago, and nothing came "
                + "after"
            : null;
    }
}

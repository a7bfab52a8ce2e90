using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Everything that can happen to a stored process.</summary>
internal abstract record ProcessEvent
{
    private ProcessEvent()
    {
    }

    /// <summary>An activation has loaded the row and is ready to run what was interrupted.</summary>
    internal sealed record PickedUp : ProcessEvent
    {
        /// <summary>Whether other suspects run beside it.</summary>
        public bool InCompany { get; init; }
    }

    /// <summary>
    /// The running step, a suspect that was let in alone, has run for so long that others are let in beside it.
    /// </summary>
    internal sealed record Survived : ProcessEvent;

    /// <summary>Messages are in the inbox. Those that are known already count once.</summary>
    /// <param name="Messages">The messages, unseen or parked.</param>
    internal sealed record MessagesArrived(IReadOnlyList<InboxMessage> Messages) : ProcessEvent;

    /// <summary>Time has passed: timers and deadlines until the context's time are due.</summary>
    internal sealed record TimePassed : ProcessEvent;

    /// <summary>The running step has completed.</summary>
    /// <param name="Directive">What comes next.</param>
    /// <param name="Context">The context as the step left it.</param>
    /// <param name="StatusText">The status text that it set; null when it set none.</param>
    internal sealed record StepReturned(Directive Directive, RawJson? Context, string? StatusText) : ProcessEvent
    {
        /// <summary>What else it did; null for nothing.</summary>
        public StepNotes? Notes { get; init; }
    }

    /// <summary>The running step has made some of its children; more follow, or its end.</summary>
    /// <param name="Children">The children.</param>
    internal sealed record ChildrenSliced(IReadOnlyList<ChildRequest> Children) : ProcessEvent
    {
        /// <summary>How many of all children of the step run at a time; null for all.</summary>
        public int? MaxConcurrency { get; init; }
    }

    /// <summary>The running step has failed, and its task has ended.</summary>
    /// <param name="Failure">The error.</param>
    /// <param name="Retry">When such a failure is tried again; null for never.</param>
    /// <param name="AsIncident">Whether a failure for good is an incident rather than the end.</param>
    internal sealed record StepFailed(FailureInfo Failure, RetryRule? Retry, bool AsIncident) : ProcessEvent
    {
        /// <summary>The lines that the attempt had reported.</summary>
        public IReadOnlyList<ReportLine> Reports { get; init; } = [];
    }

    /// <summary>A hook has failed before the commit of its transition, which is not made.</summary>
    /// <param name="Failure">The error.</param>
    /// <param name="Notes">What the step had done whose end was to be committed; null for nothing.</param>
    internal sealed record HookFailed(FailureInfo Failure, StepNotes? Notes) : ProcessEvent;

    /// <summary>
    /// The running step was told to stop, because its host stops or its process is killed, and its task has ended
    /// without a result.
    /// </summary>
    internal sealed record StepReleased : ProcessEvent
    {
        /// <summary>The lines that the attempt had reported.</summary>
        public IReadOnlyList<ReportLine> Reports { get; init; } = [];
    }

    /// <summary>The running step was told to stop and has not within its grace period.</summary>
    internal sealed record GraceElapsed : ProcessEvent;

    /// <summary>The store refuses whatever would come of a message, so it is refused itself.</summary>
    /// <param name="Message">The message.</param>
    internal sealed record Unstorable(InboxMessage Message) : ProcessEvent;

    /// <summary>The surroundings keep the step from running. Uses up no retries.</summary>
    /// <param name="Code">The kind of trouble.</param>
    /// <param name="Text">What happened.</param>
    /// <param name="Remedy">What an operator can do.</param>
    internal sealed record Faulted(IncidentCode Code, string Text, string Remedy) : ProcessEvent
    {
        /// <summary>The error; null when there was none.</summary>
        public FailureInfo? Failure { get; init; }
    }
}

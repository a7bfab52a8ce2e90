using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Overload;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Something for a lane to do, in its turn.</summary>
internal abstract class LaneItem
{
    private LaneItem()
    {
    }

    /// <summary>
    /// Answers that the activation does nothing more. Whoever waits asks again and finds the next one.
    /// </summary>
    public virtual void Refuse(ProcessId id)
    {
        // Nobody waits for a poke or a tick.
    }

    /// <summary>Picks the events that still count: those of an attempt that was dropped are dropped with it.</summary>
    /// <param name="gathered">The events in their order.</param>
    /// <param name="current">The attempt whose result is wanted.</param>
    /// <param name="attemptEnds">
    /// Whether that attempt has ended. One that ends in time by a hair has ended in time.
    /// </param>
    /// <returns>What happened, in order.</returns>
    public static IReadOnlyList<ProcessEvent> Wanted(List<Event> gathered, StepAttempt? current, out bool attemptEnds)
    {
        var wanted = gathered.Where(item => item.Of is null || item.Of == current).ToList();
        var ends = wanted.Exists(static item => item.EndsAttempt);
        attemptEnds = ends;
        return
        [
            .. wanted
                .Select(static item => item.Happened)
                .Where(happened => !(ends && happened is ProcessEvent.GraceElapsed)),
        ];
    }

    private static string Moving(ProcessId id) => $"The process {id} is moving to another activation; ask again.";

    /// <summary>A start, which inserts the row without reading first.</summary>
    internal sealed class Start(StartRequest request) : LaneItem
    {
        private readonly long _arrivedAt = TimeProvider.System.GetTimestamp();
        private StartPlaces? _places;

        /// <summary>The start.</summary>
        public StartRequest Request { get; } = request;

        /// <summary>
        /// What the silo is short of, so that it does not take the start; null when it is not refused for that.
        /// </summary>
        public string? ShedFor { get; set; }

        /// <summary>The answer.</summary>
        public TaskCompletionSource<StartReply> Reply { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Takes a place, unless the gateway has taken one for it.</summary>
        /// <returns>Why there is none; null when it has one, until it is answered.</returns>
        public StartShedding.Shortage? TakePlace(ProcessId id, StartPlaces places)
        {
            if (places.IsReserved(id))
            {
                return null;
            }

            var shortage = places.Take();
            _places = shortage is null ? places : null;
            return shortage;
        }

        /// <summary>Answers, and frees the place.</summary>
        /// <param name="reply">The answer; only the first counts.</param>
        public void Answer(StartReply reply)
        {
            _places?.Answered(_arrivedAt);
            _places = null;
            Reply.TrySetResult(reply);
        }

        /// <inheritdoc/>
        public override void Refuse(ProcessId id) =>
            Answer(new StartReply { Status = StartStatus.Unavailable, Faults = [Moving(id)] });
    }

    /// <summary>Somebody wants to know the process: it is loaded if it is not.</summary>
    internal sealed class Asked : LaneItem
    {
        /// <summary>The process; null when there is none.</summary>
        public TaskCompletionSource<EngineState?> Reply { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <inheritdoc/>
        public override void Refuse(ProcessId id) =>
            Reply.TrySetException(new WorkflowUnavailableException(Moving(id)));
    }

    /// <summary>There may be messages or due times.</summary>
    internal sealed class Poked : LaneItem;

    /// <summary>The same, said by somebody who wants to know when it was looked.</summary>
    internal sealed class Woken : LaneItem
    {
        /// <summary>Completes when it was looked, or nothing more is done.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <inheritdoc/>
        public override void Refuse(ProcessId id) => Done.TrySetResult();
    }

    /// <summary>Ends of children have gathered for long enough.</summary>
    internal sealed class Gathered : LaneItem;

    /// <summary>The lane's own timer has fired.</summary>
    internal sealed class Ticked : LaneItem;

    /// <summary>Something has happened.</summary>
    /// <param name="happened">What.</param>
    /// <param name="of">The attempt that it is about; null for none.</param>
    internal sealed class Event(ProcessEvent happened, StepAttempt? of) : LaneItem
    {
        /// <summary>What happened.</summary>
        public ProcessEvent Happened { get; } = happened;

        /// <summary>The attempt that it is about: an event of an attempt that was dropped is dropped with it.</summary>
        public StepAttempt? Of { get; } = of;

        /// <summary>Completes when the event's turn is over.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether the attempt has ended with this event.</summary>
        // A new kind of event ends the attempt unless it is named here.
        public bool EndsAttempt =>
            Of is not null
            && Happened is not (ProcessEvent.ChildrenSliced or ProcessEvent.GraceElapsed or ProcessEvent.Survived);

        /// <inheritdoc/>
        public override void Refuse(ProcessId id) => Done.TrySetResult();
    }
}

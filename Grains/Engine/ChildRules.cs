using System.Globalization;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>How children are stored, let go one after another, and counted when they end.</summary>
/// <remarks>
/// Where no more than some of them run at a time, the others are stored as held: created, never due, waiting for a
/// Continue of their parent. The commit that counts ends sends it to as many as take their places, in the order of the
/// children. What is stored of it is how far the parent has come; only children that ended before their turn (killed,
/// or continued by an operator) are remembered one by one, because they give no place free when they end and take none
/// when it would be their turn.
/// </remarks>
internal static class ChildRules
{
    /// <summary>How many ends the history names one by one: it is one row for the commit.</summary>
    private const int MaxNamed = 100;

    /// <summary>
    /// How many children may be named one by one in what is stored of a wait, which is written again whenever some of
    /// them have ended.
    /// </summary>
    private const int MaxListed = 100;

    /// <summary>Stores the last children of a step, and waits for all.</summary>
    public static void AddAndWait(Turn turn, Directive.AwaitChildren children, int step)
    {
        Add(turn, children.Children, step, children.MaxConcurrency);
        var bound = children.MaxConcurrency < children.Total ? children.MaxConcurrency : null;
        var wait = new WaitState.Children
        {
            Then = children.Then,
            Step = step,
            Count = children.Total,
            Left = children.Total,
            MaxConcurrency = bound,
            LetGo = bound ?? 0,
            GivenIds = children.GivenIds,
            MustSucceed = children.MustSucceed?.Count <= MaxListed ? children.MustSucceed : null,
            Required = children.MustSucceed?.Count > MaxListed ? IndexSet.Of(children.MustSucceed) : null,
            Args = children.Args,
            IdsAreKnown = true,
        };

        // An earlier attempt, of older code, may have held some that may run now.
        for (var index = turn.Checkpoint.QueuedFrom ?? int.MaxValue; index < (bound ?? children.Total); index++)
        {
            LetGo(turn, wait, index);
        }

        StepRules.Wait(turn, wait);
    }

    /// <summary>Stores some of the children that a step starts.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="children">The children.</param>
    /// <param name="step">The step.</param>
    /// <param name="bound">How many of all run at a time; null for all.</param>
    public static void Add(Turn turn, IReadOnlyList<ChildRequest> children, int step, int? bound)
    {
        var parent = turn.Row;
        var due = new Checkpoint
        {
            Wait = ProcessEngine.StartWait(turn.Context.Now),
            Trace = turn.Checkpoint.Trace,
        }.Write();
        var queued = new Checkpoint
        {
            Wait = ProcessEngine.StartWait(at: null) with { MaxConcurrency = bound },
            Trace = turn.Checkpoint.Trace,
        }.Write();
        foreach (var child in children)
        {
            var isQueued = child.Index >= bound;
            turn.Add(new ProcessRow
            {
                Id = child.Id ?? parent.Id.Child(step, child.Index),
                RunId = EngineIds.RunOf(parent, step, child.Index),
                Type = child.Type,
                DefinitionVersion = 0,
                State = ProcessState.Created,
                Parent = parent.Id,
                ParentStep = step,
                ParentIndex = child.Index,
                Root = parent.Root,
                CreatedAt = turn.Context.Now,
                UpdatedAt = turn.Context.Now,
                DueAt = isQueued ? null : turn.Context.Now,
                Version = 1,
                StartRequestId = EngineIds.StartOf(parent, step, child.Index),
                Tags = child.Tags,
                Input = child.Input.Utf8,
                Checkpoint = isQueued ? queued : due,
            });
        }

        var heldFrom = children.Any(child => child.Index >= bound)
            ? Math.Min(turn.Checkpoint.QueuedFrom ?? int.MaxValue, bound!.Value)
            : turn.Checkpoint.QueuedFrom;
        turn.Checkpoint = turn.Checkpoint with { HasChildren = true, QueuedFrom = heldFrom };
        turn.Record(HistoryKind.ChildrenStarted, $"{children.Count} of step {step}");
    }

    /// <summary>Takes in the ends of children, and lets others go in their places.</summary>
    public static void Count(Turn turn, WaitState.Children wait)
    {
        var ended = turn.Inbox.ChildEnds.Where(message => IsAwaited(turn, message, wait)).ToList();
        if (ended.Count == 0 && wait.Left > 0)
        {
            return;
        }

        foreach (var (number, end) in ended.Index())
        {
            turn.Take(end);
            if (number < MaxNamed)
            {
                turn.Record(HistoryKind.ChildEnded, end.Sender?.Value);
            }
        }

        if (ended.Count > MaxNamed)
        {
            turn.Record(HistoryKind.ChildEnded, $"{ended.Count - MaxNamed} more");
        }

        var left = wait.Left - ended.Count;
        if (left <= 0)
        {
            turn.Schedule(wait.Then, resultsOf: wait);
            return;
        }

        wait = wait with { Left = left };
        turn.Checkpoint = turn.Checkpoint with
        {
            Wait = wait.MaxConcurrency is { } bound ? LetMoreGo(turn, wait, bound, ended) : wait,
        };
    }

    /// <summary>
    /// Whether a child's end counts. An earlier attempt of the step may have started children of the same places with
    /// other ids: those are not awaited.
    /// </summary>
    public static bool IsAwaited(Turn turn, InboxMessage message, WaitState.Children wait)
    {
        var index = IndexOf(message);
        return StepOf(message) == wait.Step
            && index < wait.Count
            && (!wait.IdsAreKnown || message.Sender == IdOf(turn.Row.Id, wait.Step, index, wait.GivenIds));
    }

    /// <summary>The id of a child.</summary>
    /// <param name="parent">Its parent.</param>
    /// <param name="step">The step that started it.</param>
    /// <param name="index">Its place among the step's children.</param>
    /// <param name="given">The ids that the definition gave; null for none.</param>
    public static ProcessId IdOf(ProcessId parent, int step, int index, IReadOnlyDictionary<int, ProcessId>? given) =>
        given?.TryGetValue(index, out var id) == true ? id : parent.Child(step, index);

    /// <summary>The step that started a child which has ended.</summary>
    public static int StepOf(InboxMessage message) =>
        int.Parse(
            message.Name.AsSpan(0, message.Name!.IndexOf('.', StringComparison.Ordinal)),
            CultureInfo.InvariantCulture);

    private static int IndexOf(InboxMessage message) =>
        int.Parse(
            message.Name.AsSpan(message.Name!.IndexOf('.', StringComparison.Ordinal) + 1),
            CultureInfo.InvariantCulture);

    private static WaitState.Children LetMoreGo(
        Turn turn,
        WaitState.Children wait,
        int bound,
        IReadOnlyList<InboxMessage> ended)
    {
        var ahead = (wait.EndedAhead ?? IndexSet.Empty).With([
            .. ended.Select(IndexOf).Where(index => index >= wait.LetGo),
        ]);
        var running = wait.LetGo - (wait.Count - wait.Left - ahead.Count);
        var (next, gone) = (wait.LetGo, 0);
        for (; next < wait.Count && running + gone < bound; next++)
        {
            if (!ahead.Contains(next))
            {
                LetGo(turn, wait, next);
                gone++;
            }
        }

        if (gone > 0)
        {
            turn.Record(HistoryKind.ChildrenStarted, $"{gone} more of step {wait.Step}, up to place {next - 1}");
        }

        ahead = ahead.From(next);
        return wait with { LetGo = next, EndedAhead = ahead.Count == 0 ? null : ahead };
    }

    // The engine's own messages pass no gateway, which would refuse kinds that a live silo does not know: what is sent
    // here is known to every silo since the first release.
    private static void LetGo(Turn turn, WaitState.Children wait, int index) => turn.Tell(new InboxMessage
    {
        Receiver = IdOf(turn.Row.Id, wait.Step, index, wait.GivenIds),
        MessageId = EngineIds.MessageOf('n', turn.Row),
        Kind = MessageKind.Continue,
        Sender = turn.Row.Id,
        SentAt = turn.Context.Now,
    });
}

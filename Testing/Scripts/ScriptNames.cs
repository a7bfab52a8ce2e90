namespace Orleans.Workflows.Testing;

/// <summary>
/// Finds slips of the pen in a script: an act at a moment that never comes does not happen, and nobody would hear of
/// it.
/// </summary>
internal sealed class ScriptNames(IReadOnlyList<ScriptAct> acts)
{
    private const int MostEdits = 3;

    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);

    /// <summary>Takes note of the signal for which a process waits.</summary>
    public void See(ProcessStatus status)
    {
        if (status.AwaitedSignal is { } signal)
        {
            _awaited.Add(signal);
        }
    }

    /// <summary>
    /// Looks at the acts that have not happened, and at the signals that nobody took, when the process has ended.
    /// </summary>
    /// <param name="handle">The process.</param>
    /// <param name="next">The first act that has not happened.</param>
    /// <param name="client">Describes the process's type.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkflowTestException">A name is not one that the process has.</exception>
    public async Task CheckAsync(
        ProcessHandle handle,
        int next,
        IProcessClient client,
        CancellationToken cancellationToken)
    {
        if (next == acts.Count && acts.All(static act => act.Sent is null))
        {
            return;
        }

        var ended = (await handle.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Summary;
        if (ended.State == ProcessState.Killed)
        {
            return;
        }

        var type = await client.DescribeAsync(ended.Type, cancellationToken).ConfigureAwait(false);
        var signals = SignalsOf(type.Outline)
            .Concat(_awaited)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var (number, act) in acts.Index())
        {
            if (number >= next && act.Position is { } step && !type.Positions.Any(position => IsAt(position, step)))
            {
                throw Unknown(handle.Id, act.When, $"'{type.Type}' has no step '{step}'", step, [.. type.Positions]);
            }

            if (number >= next && act.Awaited is { } signal && IsSlip(signal, signals))
            {
                throw Unknown(handle.Id, act.When, $"the process never waits for '{signal}'", signal, signals);
            }

            if (
                number < next
                && act.Sent is { } sent
                && IsSlip(sent, signals)
                && await handle
                    .WaitForSignalAsync(ScriptAct.SignalId(number), cancellationToken: cancellationToken)
                    .ConfigureAwait(false) == MessageEffect.Refused)
            {
                throw Unknown(
                    handle.Id,
                    act.When,
                    $"the signal '{sent}', which is sent then, was never waited for",
                    sent,
                    signals);
            }
        }
    }

    /// <summary>Whether a position is that of a step, or ends with it.</summary>
    public static bool IsAt(string position, string step) =>
        position == step || position.EndsWith($"/{step}", StringComparison.Ordinal);

    /// <summary>Which name was meant.</summary>
    /// <returns>The nearest, at most three changes and half of the name away; null when none is near.</returns>
    public static string? Nearest(string name, IEnumerable<string> known) => known
        .SelectMany(static one => new[] { one, one[(one.LastIndexOf('/') + 1)..] })
        .Select(one => (Name: one, Edits: Edits(name.ToUpperInvariant(), one.ToUpperInvariant())))
        .Where(guess => guess.Edits <= Math.Min(MostEdits, name.Length / 2))
        .OrderBy(static guess => guess.Edits).ThenBy(static guess => guess.Name, StringComparer.Ordinal)
        .Select(static guess => guess.Name).FirstOrDefault();

    /// <summary>A signal that the process may still have, by a way that it did not go, is none.</summary>
    private static bool IsSlip(string signal, List<string> known) =>
        !known.Contains(signal) && Nearest(signal, known) is not null;

    private static WorkflowTestException Unknown(
        ProcessId id,
        string when,
        string what,
        string name,
        IReadOnlyList<string> known)
    {
        var meant = Nearest(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return new WorkflowTestException(
            $"The script of {id}, at the moment when {when}: {what}.{meant} There are: {string.Join(", ", known)}.");
    }

    private static IEnumerable<string> SignalsOf(IEnumerable<OutlineElement> elements) =>
        elements.SelectMany(static element =>
            element
                .Blocks.SelectMany(static block => SignalsOf(block.Elements))
                .Concat(element.Kind == OutlineElementKind.Signal ? [element.Id] : Array.Empty<string>()));

    private static int Edits(string name, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var at = 1; at <= name.Length; at++)
        {
            var diagonal = row[0]++;
            for (var column = 1; column <= other.Length; column++)
            {
                (diagonal, row[column]) = (
                    row[column],
                    Math.Min(
                        diagonal + (name[at - 1] == other[column - 1] ? 0 : 1),
                        1 + Math.Min(row[column], row[column - 1])));
            }
        }

        return row[^1];
    }
}

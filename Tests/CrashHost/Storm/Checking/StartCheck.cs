using System.Text.Json.Nodes;
using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>An accepted start is there, once, as it was asked for; and nothing else is there.</summary>
internal static class StartCheck
{
    /// <summary>Checks what a client was told about a process that is not there.</summary>
    /// <param name="told">The client's lines.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Missing(IReadOnlyList<ClientLine> told)
    {
        foreach (
            var start in told.Where(static line =>
                    line.Phase is CallPhase.Ok && line.Kind is CallKind.Start or CallKind.StartAgain)
                .Take(1))
        {
            yield return new Violation(
                ViolationKind.StartLost,
                start.Process,
                $"its start was answered '{start.Answer}', and it is gone");
        }

        foreach (
            var result in told.Where(static line => line is { Kind: CallKind.Result, Phase: CallPhase.Ok }).Take(1))
        {
            yield return new Violation(
                ViolationKind.ToldTooSoon,
                result.Process,
                $"a client was told '{result.Answer}', and it is gone");
        }
    }

    /// <summary>Checks the starts of a process that is there.</summary>
    /// <param name="process">The process.</param>
    /// <param name="told">What its client asked and was told.</param>
    /// <param name="known">All processes.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(
        ProcessEvidence process,
        IReadOnlyList<ClientLine> told,
        IReadOnlyDictionary<string, ProcessEvidence> known)
    {
        if (
            process.Parent is { } parent
                ? !known.ContainsKey(parent)
                : !told.Any(static line => line.Kind is CallKind.Start))
        {
            yield return new Violation(
                ViolationKind.NotAsked,
                process.Id,
                process.Parent is null ? "no client has started it" : $"its parent {process.Parent} is not there");
        }

        var created = told.Count(static line => line is { Phase: CallPhase.Ok, Answer: ClientLine.Created });
        var taken = told.Any(static line => line is { Kind: CallKind.StartTaken, Phase: CallPhase.Ok });
        if (created > 1 || taken)
        {
            yield return new Violation(
                ViolationKind.CreatedTwice,
                process.Id,
                taken
                    ? "a start of its id was taken although it was there"
                    : $"{created} starts were told that they made it");
        }

        foreach (
            var start in told.Where(static line => line is { Kind: CallKind.Start, Phase: CallPhase.Invoke }).Take(1))
        {
            if (
                start.Type != process.Type
                || !JsonNode.DeepEquals(JsonNode.Parse(start.Input!), JsonNode.Parse(process.Input)))
            {
                yield return new Violation(
                    ViolationKind.InputDiffers,
                    process.Id,
                    $"it was started as {start.Type} {start.Input}, and is {process.Type} {process.Input}");
            }
        }

        foreach (var refused in told.Where(line => line.Phase is CallPhase.Fail && !MayFail(line, told)))
        {
            yield return new Violation(
                ViolationKind.Refused,
                process.Id,
                $"{refused.Kind} {refused.Item} was refused: {refused.Answer}");
        }
    }

    /// <summary>A taken id is refused, and so is, after the end, a signal that was acknowledged before.</summary>
    private static bool MayFail(ClientLine refused, IReadOnlyList<ClientLine> told) =>
        refused.Kind is CallKind.StartTaken
        || (
            refused.Kind is CallKind.Signal
            && told.Any(line => line is { Kind: CallKind.Signal, Phase: CallPhase.Ok } && line.Item == refused.Item));
}

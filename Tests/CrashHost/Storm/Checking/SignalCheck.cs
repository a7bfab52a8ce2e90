using System.Text.Json;
using Orleans.Workflows.CrashHost.Storm.Clients;
using Orleans.Workflows.CrashHost.Storm.Processes;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>
/// A signal that was acknowledged is delivered, once, and after those that its sender had acknowledged before.
/// </summary>
internal static class SignalCheck
{
    /// <summary>Checks the signals of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="told">What its client sent and was told.</param>
    /// <param name="messages">The messages that the database has of it.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(
        ProcessEvidence process,
        IReadOnlyList<ClientLine> told,
        IReadOnlyList<MessageEvidence> messages)
    {
        var stored = messages
            .Where(static message => message.Kind is MessageKind.Signal)
            .ToLookup(static message => message.Item);
        var sent = told.Where(static line => line.Kind is CallKind.Signal)
            .Select(static line => line.Item!)
            .ToHashSet();
        var acknowledged = told.Where(static line => line is { Kind: CallKind.Signal, Phase: CallPhase.Ok })
            .Select(static line => line.Item!)
            .ToHashSet();
        foreach (
            var lost in acknowledged.Where(item =>
                !stored[item].Any(static message => message.Seen is not MessageSeen.Refused)))
        {
            yield return new Violation(
                ViolationKind.SignalLost,
                process.Id,
                $"the signal {lost} was acknowledged, and the database has "
                + $"{(stored[lost].Any() ? "refused it" : "nothing of it")}");
        }

        foreach (
            var twice in told.Where(static line => line is { Kind: CallKind.Signal, Answer: ClientLine.Stored })
                .GroupBy(static line => line.Item)
                .Where(static same => same.Count() > 1))
        {
            yield return new Violation(
                ViolationKind.SignalDoubled,
                process.Id,
                $"the signal {twice.Key} was acknowledged as new {twice.Count()} times");
        }

        if (
            process is not { State: ProcessState.Finished, Output: { } output }
            || process.Type != StormTypes.Collect.Name)
        {
            yield break;
        }

        var got = JsonSerializer.Deserialize<CollectOutput>(output, WorkflowJson.Options)!.Items;
        foreach (var lost in acknowledged.Where(item => !got.Contains(item)))
        {
            yield return new Violation(
                ViolationKind.SignalLost,
                process.Id,
                $"the signal {lost} was acknowledged, and the process got {string.Join(" ", got)}");
        }

        foreach (var doubled in got.CountBy(static item => item).Where(static item => item.Value > 1))
        {
            yield return new Violation(
                ViolationKind.SignalDoubled,
                process.Id,
                $"it got the signal {doubled.Key} {doubled.Value} times");
        }

        foreach (var strange in got.Where(item => !sent.Contains(item)))
        {
            yield return new Violation(ViolationKind.SignalNotSent, process.Id, $"it got {strange}, which nobody sent");
        }

        foreach (var sender in got.GroupBy(static item => item.Split(':')[0]))
        {
            var order = FirstAcknowledgements(told, sender.Key);
            var expected = order.Where(item => sender.Contains(item)).ToList();
            if (!expected.SequenceEqual(sender.Where(order.Contains).Distinct()))
            {
                yield return new Violation(
                    ViolationKind.SignalOrder,
                    process.Id,
                    $"the sender {sender.Key} had {string.Join(" ", expected)} acknowledged in this order, and the "
                    + $"process got {string.Join(" ", sender)}");
            }
        }
    }

    /// <summary>The items of a sender in the order in which they were acknowledged first.</summary>
    private static List<string> FirstAcknowledgements(IReadOnlyList<ClientLine> told, string sender) =>
    [
        .. told.Where(line =>
                line is { Kind: CallKind.Signal, Phase: CallPhase.Ok } && line.Item!.Split(':')[0] == sender)
            .Select(static line => line.Item!)
            .Distinct(),
    ];
}

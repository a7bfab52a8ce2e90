using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Answers the starts of one activation: the first one stores the process, the others get what there is.
/// </summary>
internal sealed class LaneStarts(
    Activation activation,
    Turns turns,
    LaneReads reads,
    Decisions decisions,
    Runnability runnability,
    StartShedding shedding,
    WorkflowInstruments instruments)
{
    /// <summary>Answers a start.</summary>
    public async Task<StartReply> StartAsync(LaneItem.Start start)
    {
        var span = WorkflowActivities.Start(activation.Id, start.Request);
        var reply = await StartAsync(start, span?.Id);
        if (reply.Faults.Count > 0)
        {
            instruments.StartRefused(start.ShedFor ?? reply.Status.ToString());
        }

        WorkflowActivities.End(span, reply.Status.ToString(), reply.Faults.Count > 0 ? reply.Faults[0] : null);
        return reply;
    }

    private async Task<StartReply> StartAsync(LaneItem.Start start, string? trace)
    {
        var request = start.Request;
        if (await ShedAsync(start) is { } shed)
        {
            return shed;
        }

        if (activation.State is not null)
        {
            // What this activation knows may not be there any more: then the next one stores the start, or finds what
            // there is.
            return StartChecks.Existing(request, await reads.HasMovedAsync() ? null : activation.State);
        }

        if (decisions.Find(request.Type) is not { } definition)
        {
            return await StartElsewhereAsync(request);
        }

        if (StartChecks.Refuse(request, definition, out request) is { } refusal)
        {
            return refusal;
        }

        StartReply? created = null;
        var result = await turns.StartAsync(request, definition, trace, state =>
        {
            created = new StartReply { Status = StartStatus.Created, State = state };
            start.Answer(created);
        });
        if (created is not null)
        {
            return created;
        }

        if (result.Status is not (CommitStatus.AlreadyExists or CommitStatus.Conflict))
        {
            return StartChecks.Failed(result);
        }

        // Dedupe: the row has the request that stored it. A start that is made again, because its answer was lost,
        // finds its own and is told that it was created; anybody else's finds a process that exists.
        await reads.LoadAsync();
        return StartChecks.Existing(request, activation.State);
    }

    /// <summary>Refuses a start that the silo does not take now.</summary>
    private async Task<StartReply?> ShedAsync(LaneItem.Start start)
    {
        if (
            activation.State is not null
            || (shedding.WhyNoStarts ?? start.TakePlace(activation.Id, shedding.Places)) is not { } shortage)
        {
            return null;
        }

        if (start.Request.MayBeStored)
        {
            // A start that was stored and whose answer was lost gets the first answer.
            await reads.LoadAsync();
        }

        if (activation.State is not null)
        {
            return null;
        }

        start.ShedFor = shortage.Reason;
        return StartChecks.Shed(shortage);
    }

    /// <summary>
    /// Answers a start of a type that this silo does not have. The activation moves to a silo that has it: if it only
    /// ended, a silo that still has its address would bring it back here.
    /// </summary>
    private async Task<StartReply> StartElsewhereAsync(StartRequest request)
    {
        if (request.MayBeStored)
        {
            // A start that was stored and whose answer was lost gets the first answer, wherever its type is now.
            await reads.LoadAsync();
        }

        if (activation.State is { } state)
        {
            return StartChecks.Existing(request, state);
        }

        var reply = await runnability.AnswerAsync(request.Type);
        if (reply.Elsewhere && runnability.AbleSilo(request.Type) is { } able)
        {
            activation.HandOn(able, isStored: false);
        }

        return reply;
    }
}

using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Overload;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Grains.Telemetry;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Finds the silo that takes a start: this one while it has a place, another that has one, or none.</summary>
internal sealed class GatewayStarts(
    DefinitionRegistry registry,
    ClusterTypes types,
    StartShedding shedding,
    WorkflowInstruments instruments,
    OtherSilos others,
    ProcessPlaces places)
{
    /// <summary>Answers a start, or has another silo answer it.</summary>
    /// <param name="id">The process.</param>
    /// <param name="request">The start, which is well formed.</param>
    /// <param name="observer">Is told of the end; null for none.</param>
    public Task<StartReply> StartAsync(ProcessId id, StartRequest request, IProcessObserver? observer)
    {
        var able = types.IsUniform ? null : types.Find(new NeededType(request.Type, Version: 0));
        if (request.MayBeStored || (able is not null && registry.Find(request.Type) is null))
        {
            return places.StartAsync(able, id, request, observer);
        }

        var arrivedAt = TimeProvider.System.GetTimestamp();
        if ((shedding.WhyNoStarts ?? shedding.Places.Take()) is not { } shortage)
        {
            return StartHereAsync(arrivedAt, id, request, observer);
        }

        if (!shortage.IsAway && others.Find(request.Type) is { } other)
        {
            return StartElsewhereAsync(other, id, request, observer);
        }

        // Here, not by the process's grain: what a refused start costs is missing to what was accepted, and a grain is
        // dear.
        var span = WorkflowActivities.Start(id, request);
        instruments.StartRefused(shortage.Reason);
        var reply = StartChecks.Shed(shortage);
        WorkflowActivities.End(span, reply.Status.ToString(), shortage.Text);
        return Task.FromResult(reply);
    }

    /// <summary>In this silo, which has a place for it: another would have to have one too.</summary>
    private async Task<StartReply> StartHereAsync(
        long arrivedAt,
        ProcessId id,
        StartRequest request,
        IProcessObserver? observer)
    {
        var isReserved = shedding.Places.Reserve(id);
        try
        {
            return await places.StartAsync(others.Here, id, request, observer);
        }
        finally
        {
            shedding.Places.Answered(arrivedAt);
            if (isReserved)
            {
                shedding.Places.Forget(id);
            }
        }
    }

    private async Task<StartReply> StartElsewhereAsync(
        SiloAddress other,
        ProcessId id,
        StartRequest request,
        IProcessObserver? observer)
    {
        var reply = await places.StartAsync(other, id, request, observer);
        if (reply.Status == StartStatus.Overloaded)
        {
            others.Refused(other);
        }

        return reply;
    }
}

using Orleans.Runtime.Placement;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Answers what is asked about definitions for the whole cluster: here, or by a silo that has the definition.
/// </summary>
internal sealed class ClusterDefinitions(DefinitionRegistry definitions, ClusterTypes types, IGrainFactory grains)
{
    /// <summary>
    /// How long a control waits for a silo that has its definition. Then it is stored unchecked, and its process judges
    /// it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    /// <summary>Lists the process types with the silos that have each.</summary>
    /// <returns>The types by name; the silos by name.</returns>
    public IReadOnlyList<ProcessTypeSilos> List() =>
    [
        .. types
            .Current.Silos.Where(static silo => silo.Types is not null)
            .OrderBy(static silo => silo.Name, StringComparer.Ordinal)
            .ThenBy(static silo => silo.Address)
            .SelectMany(
                static silo => silo.Types!.Versions,
                static (silo, type) =>
                    (type.Key, Silo: new ProcessTypeSilo(silo.Name, silo.Address.ToParsableString(), type.Value)))
            .GroupBy(static type => type.Key, static type => type.Silo)
            .Select(static type => new ProcessTypeSilos(type.Key, [.. type]))
            .OrderBy(static type => type.Type, StringComparer.Ordinal),
    ];

    /// <summary>Describes the newest version of a definition that a live silo has.</summary>
    /// <returns>The description; null when no live silo has it.</returns>
    /// <exception cref="WorkflowUnavailableException">It cannot be told yet: a silo has just come, or gone.</exception>
    public async Task<ProcessDescription?> DescribeAsync(string type)
    {
        var unsure = types.Find(new NeededType(type, Version: 0)) is null ? await types.WhyNotKnownAsync() : null;
        if (List().FirstOrDefault(listed => listed.Type == type) is not { } found)
        {
            return unsure is null ? null : throw new WorkflowUnavailableException(unsure);
        }

        var newest = found.Silos.Max(static silo => silo.Version);
        var description = definitions.Find(type) is { } here && here.Version == newest
            ? here.Describe()
            : await Elsewhere(type, newest).DescribeAsync();
        return description is null
            ? throw new WorkflowUnavailableException($"The silo that had version {newest} of '{type}' has just gone.")
            : description with { Silos = found.Silos };
    }

    /// <summary>Names the signals that a definition of another silo can wait for.</summary>
    /// <returns>The names; null when they cannot be known, or the silo does not answer in time.</returns>
    public async Task<IReadOnlyList<string>?> SignalsOfAsync(string type, int version)
    {
        try
        {
            return await Elsewhere(type, version).GetSignalsAsync().WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It has just gone, or freezes, or is of a version that cannot be asked: the signal is stored, and it was
            // only to be told what else may be wrong.
            return null;
        }
    }

    /// <summary>
    /// Refuses a control that makes no sense for a process as it stands, by a definition that can run it, wherever that
    /// is.
    /// </summary>
    /// <param name="request">The control.</param>
    /// <param name="row">The process; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The refusal; null when it is to be stored.</returns>
    public async Task<MessageReply?> RefuseAsync(
        MessageRequest request,
        ProcessRow? row,
        CancellationToken cancellationToken)
    {
        if (row is not null && Elsewhere(row.Needs) is { } definition)
        {
            try
            {
                return await definition
                    .RefuseAsync(request, cancellationToken)
                    .WaitAsync(Patience, TimeProvider.System, cancellationToken);
            }
            catch (Exception e)
                when (e is TimeoutException or OrleansException && !cancellationToken.IsCancellationRequested)
            {
                // A silo that has just died, or freezes. The control is answered within a second all the same.
            }
        }

        return ControlChecks.Refuse(request, row, definitions);
    }

    /// <summary>
    /// Makes what an edit of the input is stored as, which was not refused, by a definition that can run its process.
    /// </summary>
    /// <exception cref="WorkflowUnavailableException">The silo that has the definition has just gone.</exception>
    public async Task<byte[]> CompleteEditAsync(
        MessageRequest request,
        ProcessRow row,
        CancellationToken cancellationToken)
    {
        if (Elsewhere(row.Needs) is not { } elsewhere)
        {
            return definitions.Find(row.Type) is { } here
                ? InputEdits.Complete(request.Payload, row, here)
                : request.Payload;
        }

        try
        {
            return await elsewhere.CompleteEditAsync(request, cancellationToken)
                ?? throw new WorkflowUnavailableException($"The silo that has '{row.Type}' has just gone.");
        }
        catch (Exception e)
            when (e
                    is not (
                        OperationCanceledException
                        or TimeoutException
                        or SiloUnavailableException
                        or WorkflowException))
        {
            // A silo of the version before cannot be asked: it has checked the edit as it was sent, and so it is
            // stored.
            return request.Payload;
        }
    }

    /// <summary>
    /// The definition on a silo that can run a process which this silo cannot; null when this one can, or none.
    /// </summary>
    private IDefinitionGrain? Elsewhere(NeededType needed) =>
        !(definitions.Find(needed.Name)?.Version >= needed.Version)
        && types.Current.Able(needed, format: 0) is [{ Types: { } able }, ..]
            ? Elsewhere(needed.Name, able.Versions[needed.Name])
            : null;

    private IDefinitionGrain Elsewhere(string type, int version)
    {
        var able = types.Current.Silos.FirstOrDefault(silo =>
            silo.Types?.Versions.TryGetValue(type, out var has) == true && has == version);
        if (able is not null)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, able.Address);
        }

        return grains.GetGrain<IDefinitionGrain>(new DefinitionKey(type, version).Value);
    }
}

using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What a storm leaves behind: what clients were told, what steps did, and what the database has.</summary>
public sealed record Evidence
{
    /// <summary>The logs of the clients, each in its order.</summary>
    public required IReadOnlyList<IReadOnlyList<ClientLine>> Clients { get; init; }

    /// <summary>The ledger, in the order in which it was written.</summary>
    public required IReadOnlyList<LedgerLine> Ledger { get; init; }

    /// <summary>The processes.</summary>
    public required IReadOnlyList<ProcessEvidence> Processes { get; init; }

    /// <summary>The messages.</summary>
    public required IReadOnlyList<MessageEvidence> Messages { get; init; }

    /// <summary>The silos that were alive when the database was read, as rows name their owner.</summary>
    public required IReadOnlySet<string> Silos { get; init; }

    /// <summary>The times in which the rest of the cluster had to go on, whatever held something up.</summary>
    public IReadOnlyList<Window> Windows { get; init; } = [];

    /// <summary>When silos took calls and no fault had them.</summary>
    public IReadOnlyList<SiloTime> SiloTimes { get; init; } = [];

    /// <summary>When the database was read.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>
    /// All lines of all clients. What one client says about a process is in its order, and no other client speaks of
    /// it.
    /// </summary>
    public IEnumerable<ClientLine> Lines => Clients.SelectMany(static client => client);
}

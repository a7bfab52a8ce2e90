using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Running;

// Time: what the engine is told that it is, and how long to wait.
internal sealed partial class ProcessLane
{
    /// <summary>By how much a scan's time counts beyond this silo's own reckoning.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(5);

    private DateTimeOffset _scanTime;

    private DateTimeOffset Now => _silo.Now is var now && now > _scanTime ? now : _scanTime;

    private EngineContext Context(ProcessDefinition? definition) =>
        new(Now, _silo.Owner, SiloRuntime.NewOperation(), definition?.First ?? "", definition?.Version ?? 0, IsObserved: definition?.IsObserved == true)
        {
            Surely = _silo.Surely(_state?.Row.CreatedAt ?? _silo.Now),
            NeededArguments = definition?.NeededArguments,
        };

    private void Count(DateTimeOffset? scanTime)
    {
        if (scanTime > _scanTime)
        {
            // Silos of a cluster agree on the time to some milliseconds. Who is further ahead is wrong, or means harm.
            var most = _silo.Now + MostAhead;
            _scanTime = scanTime < most ? scanTime.Value : most;
        }
    }

    /// <summary>How long until something is due. A deadline may have come and not surely have passed; a wait does not wait for that.</summary>
    private TimeSpan? Wait(EngineState state)
    {
        if (state.NextTime is not { } next || next != state.Checkpoint.Deadline)
        {
            return state.NextTime - Now;
        }

        var deadline = next - _silo.Surely(state.Row.CreatedAt);
        return state.Checkpoint.Wait?.Until - Now is { } wait && wait < deadline ? wait : deadline;
    }
}

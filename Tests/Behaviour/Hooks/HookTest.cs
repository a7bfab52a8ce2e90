using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>A test with a process that has every hook and two listeners.</summary>
/// <param name="stores">The clusters.</param>
public abstract class HookTest(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    /// <summary>Starts the process.</summary>
    /// <param name="set">What goes wrong.</param>
    /// <returns>The process.</returns>
    protected Task<ProcessHandle<HookOutput>> StartAsync(params string[] set)
    {
        var id = NewId();
        foreach (var point in set ?? [])
        {
            Stage.Reach(id, point);
        }

        return Client.StartAsync(HookedProcess.Type, new HookInput(), new StartOptions { Id = id }, Cancel);
    }

    /// <summary>Starts the process and waits until it waits for its signal.</summary>
    /// <param name="set">What goes wrong.</param>
    /// <returns>The process.</returns>
    protected async Task<ProcessHandle<HookOutput>> WaitingAsync(params string[] set)
    {
        var process = await StartAsync(set);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }

    /// <summary>What was noted of a process, by the beginning of the note.</summary>
    /// <param name="process">The process.</param>
    /// <param name="beginning">The beginning.</param>
    /// <returns>The notes.</returns>
    protected IReadOnlyList<string> Notes(ProcessHandle process, string beginning)
    {
        ArgumentNullException.ThrowIfNull(process);
        return [.. Stage.NotesOf(process.Id).Where(note => note.StartsWith(beginning, StringComparison.Ordinal))];
    }
}

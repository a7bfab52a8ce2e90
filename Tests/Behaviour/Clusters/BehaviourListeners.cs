using Orleans.Workflows.Behaviour.Callers;
using Orleans.Workflows.Behaviour.Hooks;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>The listeners of the process types of this project.</summary>
internal static class BehaviourListeners
{
    /// <summary>Adds them.</summary>
    /// <param name="workflows">The engine.</param>
    public static void AddTo(WorkflowsBuilder workflows) => workflows
        .AddListener<HookedProcess, Listener>()
        .AddListener<HookedProcess, SecondListener>()
        .AddListener<CallerProcess, CallerListener>();
}

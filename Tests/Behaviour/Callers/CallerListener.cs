using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>A listener that uses the client of its silo when a process has finished.</summary>
/// <param name="client">The client.</param>
/// <param name="stage">Where it is set how.</param>
internal sealed class CallerListener(IProcessClient client, Stage stage) : IProcessListener
{
    /// <inheritdoc/>
    public Task OnTransitionAsync(ProcessTransition transition) => transition.Kind == TransitionKind.Finish
        ? ClientUse.NoteAsync(client, stage, transition.ProcessId, Place.Listener)
        : Task.CompletedTask;
}

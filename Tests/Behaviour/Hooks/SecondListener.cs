using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Notes what it is told behind the other one.</summary>
/// <param name="stage">Where the notes go.</param>
internal sealed class SecondListener(Stage stage) : IProcessListener
{
    /// <inheritdoc/>
    public Task OnTransitionAsync(ProcessTransition transition)
    {
        stage.Note(transition.ProcessId, $"second {transition.Kind}");
        return Task.CompletedTask;
    }
}

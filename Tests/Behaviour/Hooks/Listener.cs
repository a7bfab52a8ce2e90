using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>
/// Notes what it is told, and whether that is durable. On the stage it is set what goes wrong: "fail listener".
/// </summary>
/// <param name="stage">Where that is set, and the notes go.</param>
/// <param name="store">Knows what is durable.</param>
/// <param name="grains">For a listener that kills.</param>
internal sealed class Listener(Stage stage, IProcessStore store, IGrainFactory grains) : IProcessListener
{
    /// <inheritdoc/>
    public async Task OnTransitionAsync(ProcessTransition transition)
    {
        var id = transition.ProcessId;
        if (stage.IsReached(id, "fail listener"))
        {
            throw new InvalidOperationException("the listener failed");
        }

        if (stage.IsReached(id, "slow listener"))
        {
            await stage.ReachedAsync(id, "let the listener go");
        }

        var durable = (await store.LoadAsync(id, CancellationToken.None))?.Row.Version >= transition.Version;
        var witness = CurrentProcess.Identity?.ProcessId == id ? "" : $" as {CurrentProcess.Identity}";
        stage.Note(
            id,
            $"told {transition.Kind} {transition.From}>{transition.To} at "
            + $"{transition.Position}{(durable ? "" : " too early")}{witness}");
        if (stage.IsReached(id, $"kill in {transition.Kind}"))
        {
            await Killing.KillAsync(grains, id, $"killed by the listener of {transition.Kind}");
        }
    }
}

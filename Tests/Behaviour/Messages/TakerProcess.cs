using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>Takes signals one by one and notes what they say.</summary>
/// <param name="stage">Where it notes it.</param>
[Process("behaviour/taker")]
public sealed class TakerProcess(Stage stage) : WorkChain<TakerInput, TakerOutput, TakerProgress>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<TakerInput, TakerOutput> Type = new("behaviour/taker");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.Step(Begin).While(HasMore, body => body.WaitFor<string>("item", Take));

    /// <inheritdoc/>
    protected override TakerOutput CreateOutput() => new(Context.Taken);

    private async Task Begin(StepContext step)
    {
        stage.Reach(step.ProcessId, "entered");
        if (Input.Gated)
        {
            await stage.ReachedAsync(step.ProcessId, "go", step.CancellationToken);
        }
    }

    private bool HasMore() => Context.Taken < Input.Count;

    private Task Take(StepContext step, string item)
    {
        stage.Note(step.ProcessId, item);
        Context.Taken++;
        return Task.CompletedTask;
    }
}

using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>A process whose step uses the client of its silo, or whose hooks do.</summary>
/// <param name="client">The client.</param>
/// <param name="stage">Where it is set for the hooks how.</param>
[Process("behaviour/caller")]
public sealed class CallerProcess(IProcessClient client, Stage stage) : Process<CallerInput, WorkOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<CallerInput, WorkOutput> Type = new("behaviour/caller");

    /// <inheritdoc/>
    protected override RetryPolicy Retry => RetryPolicy.Fixed(2, TimeSpan.Zero);

    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var options = new StartOptions { Id = step.NewId("worker"), IfExists = IfExists.UseExisting };
        var other = client.GetHandle<WorkOutput>(
            Input.Other.Length == 0 ? step.ProcessId : ProcessId.Parse(Input.Other));
        switch (Input.Use)
        {
            case Use.Nothing:
                return Finish(new WorkOutput(0));
            case Use.Anonymous or Use.Derived:
                await client.StartAsync(
                    Worker.Type,
                    new WorkInput("ok", 7),
                    Input.Use == Use.Derived
                        ? options with
                        {
                            Tags = Tags(step),
                        }
                        : new StartOptions { Tags = Tags(step) },
                    step.CancellationToken);
                return step.Attempt == 1
                    ? throw new InvalidOperationException("once more")
                    : Finish(new WorkOutput(0));
            default:
                return Finish(await ClientUse.RunAsync(client, Input.Use, other, options, step.CancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override Task OnRunAsync(ProcessTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        return ClientUse.NoteAsync(client, stage, transition.ProcessId, Place.OnRun);
    }

    /// <inheritdoc/>
    protected override Task OnFinishAsync(ProcessTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        return ClientUse.NoteAsync(client, stage, transition.ProcessId, Place.OnFinish);
    }

    /// <inheritdoc/>
    protected override Task OnEndedAsync(ProcessOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return ClientUse.NoteAsync(client, stage, outcome.Id, Place.OnEnded);
    }

    private static Dictionary<string, string> Tags(StepContext step) => new() { ["caller"] = step.ProcessId.Value };
}

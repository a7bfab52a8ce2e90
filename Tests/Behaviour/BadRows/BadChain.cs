namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>Emits something, waits, and ends: a process whose row is damaged while it waits.</summary>
[Process("behaviour/bad")]
public sealed class BadChain : WorkChain<BadInput, BadOutput, BadContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<BadInput, BadOutput> Type = new("behaviour/bad");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.Step(First).WaitFor<BadPayload>("go", Got).Step(Last);

    /// <inheritdoc/>
    protected override BadOutput? CreateOutput() => new(Input.Number + Context.Number, Seen: null);

    private Task First(StepContext step)
    {
        Emit(output => output.Seen, "first");
        Context.Number = 1;
        return Task.CompletedTask;
    }

    private Task Got(StepContext step, BadPayload payload)
    {
        Context.Number += payload.Number;
        return Task.CompletedTask;
    }

    private Task Last(StepContext step) => Task.CompletedTask;
}

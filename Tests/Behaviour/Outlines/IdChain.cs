namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A chain whose elements have ids of their own, so that it can use methods twice.</summary>
[Process("behaviour/ids")]
public sealed class IdChain : TrailChain<NestInput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<NestInput, Trail> Type = new("behaviour/ids");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .If(Yes, then => then.Step(Work, id: "one"), id: "gate-1")
        .If(Yes, then => then.Step(Work, id: "two"), id: "gate-2")
        .While(More, body => body.Step(Round, id: "turn"), id: "loop-1")
        .Step(Reset)
        .While(More, body => body.Step(Round, id: "turn-again"), id: "loop-2")
        .WaitFor<string>("go", Got)
        .WaitFor<string>("go", GotAgain, id: "second-go")
        .Delay(TimeSpan.FromMilliseconds(1), id: "a-moment");

    private bool Yes() => Input.Holds.Length > 0;

    private bool More() => Context.Rounds < Input.Rounds;

    private Task Work(StepContext step) => Went(step.Position);

    private Task Round(StepContext step)
    {
        Context.Rounds++;
        return Went(step.Position);
    }

    private Task Reset(StepContext step)
    {
        Context.Rounds = 0;
        return Task.CompletedTask;
    }

    private Task Got(StepContext step, string payload) => Went($"{step.Position}={payload}");

    private Task GotAgain(StepContext step, string payload) => Went($"{step.Position}={payload}");
}

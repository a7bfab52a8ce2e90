namespace Orleans.Workflows.Cluster.Limits;

public sealed record TimeInput(DateTimeOffset? At);

public sealed record TimeOutput(DateTimeOffset? At);

public sealed record TimeContext
{
    public DateTimeOffset? At { get; set; }
}

/// <summary>Takes a time by its input, a signal or an edit.</summary>
[Process("test/time")]
public sealed class TimeChain : WorkChain<TimeInput, TimeOutput, TimeContext>
{
    public static ProcessType<TimeInput, TimeOutput> Type { get; } = new("test/time");

    protected override void Define(OutlineBuilder outline) => outline.WaitFor<TimeInput>("go", Take);

    protected override TimeOutput CreateOutput() => new(Context.At);

    private Task Take(StepContext step, TimeInput signal)
    {
        Context.At = signal.At;
        return Task.CompletedTask;
    }
}

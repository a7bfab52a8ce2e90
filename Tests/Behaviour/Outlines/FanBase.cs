namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A chain that awaits workers and others in one step.</summary>
public abstract class FanBase : WorkChain<FanInput, FanOutput, FanContext>
{
    /// <inheritdoc/>
    protected override RetryPolicy Retry => RetryPolicy.Fixed(3, TimeSpan.Zero);

    /// <inheritdoc/>
    protected override FanOutput? CreateOutput() =>
        new(
            [.. Context.All.Where(static child => child.IsSuccess).Select(static child => child.Output.Number)],
            [
                .. Context.All.Select(static child =>
                    $"{child.Index} {child.Outcome.State} {child.ExitCode} {child.Outcome.ExitLabel}: "
                    + $"{child.Outcome.Message}"),
            ],
            Context.Shipping?.Parcel?.Output.Number,
            Context.Shipping?.Extras?.Count ?? 0,
            Context.Walk?.Output.Way,
            Context.Seen);

    /// <summary>Awaits the workers.</summary>
    /// <param name="step">The attempt.</param>
    /// <returns>Is completed.</returns>
    protected Task Fan(StepContext step)
    {
        foreach (var (index, end) in Input.Ends.Index())
        {
            AppendToContext(
                c => c.All,
                Worker.Type.Child(new WorkInput(end, index)) with
                {
                    MustSucceed = Input.MustSucceed,
                });
        }

        ToContext(c => c.Shipping!.Parcel, Worker.Type.Child(new WorkInput("ok", 77)));
        AppendToContext(c => c.Shipping!.Extras, Worker.Type.Child(new WorkInput("ok", 78)));
        ToContext(c => c.Walk, NestChain.Type.Child(new NestInput("d")));
        return Task.CompletedTask;
    }

    /// <summary>Whether every result is there.</summary>
    /// <returns>Whether it is.</returns>
    protected bool HasAll() =>
        Context.All.Count == Input.Ends.Count && Context.Shipping?.Parcel is not null && Context.Walk is not null;

    /// <summary>Notes that it is.</summary>
    /// <param name="step">The attempt.</param>
    /// <returns>Is completed.</returns>
    protected Task See(StepContext step)
    {
        Context.Seen = true;
        return Task.CompletedTask;
    }
}

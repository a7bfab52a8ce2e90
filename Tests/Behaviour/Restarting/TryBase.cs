namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>What every restart chain of these tests has, with a private handler.</summary>
public abstract class TryBase : RestartChain<TryInput, TryOutput, TryContext, AttemptInput, AttemptOutput>
{
    /// <inheritdoc/>
    protected override ProcessType<AttemptInput, AttemptOutput> Child => Attempt.Type;

    /// <inheritdoc/>
    protected override AttemptInput PrepareInputs() => new(Input.Ends);

    /// <inheritdoc/>
    protected override TryOutput? CreateOutput(ChildResult<AttemptOutput> last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new TryOutput(
            Context.Children.Count,
            last.ExitCode,
            [.. Context.Considered.Select(static c => $"{c.Iteration} {c.Handler} {c.Report}")]);
    }

    [RestartHandler(ExitCodes = [301])]
    private HandlerReport? Inherited(ChildResult<AttemptOutput> child)
    {
        Context.Inputs = Context.Inputs! with { Run = Context.Inputs.Run + 1 };
        return HandlerReport.Restart;
    }
}

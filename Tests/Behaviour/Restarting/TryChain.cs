namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>A restart chain with handlers of every kind.</summary>
[Process("behaviour/try")]
public sealed class TryChain : TryBase
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<TryInput, TryOutput> Type = new("behaviour/try");

    /// <summary>How a handler ends the chain.</summary>
    public static readonly ExitCode Hopeless = new(440, "HOPELESS", "No use after {runs} runs.");

    [RestartHandler(Priority = 30, ExitCodes = [300])]
    private HandlerReport? High(ChildResult<AttemptOutput> child) => Say("High", "restart");

    [RestartHandler(Priority = 20, ExitCodes = [300, 0])]
    private async Task<HandlerReport?> Later(ChildResult<AttemptOutput> child)
    {
        await Task.Yield();
        return Say("Later", "nothing");
    }

    [RestartHandler(Priority = 10, ExitCodes = [300])]
    private HandlerReport? Low(ChildResult<AttemptOutput> child) => Say("Low", "nothing");

    [RestartHandler(Priority = 100, ExitCodes = [])]
    private HandlerReport? Never(ChildResult<AttemptOutput> child) => Say("Never", "done");

    [RestartHandler(Priority = 5, ExitCodes = [300], Enabled = false)]
    private HandlerReport? Off(ChildResult<AttemptOutput> child) => Say("Off", "nothing");

    private HandlerReport? Say(string handler, string usually)
    {
        if (handler == "High")
        {
            Context.Inputs = Context.Inputs! with { Run = Context.Inputs.Run + 1 };
        }

        var said = Input.Says.GetValueOrDefault(handler, usually);
        var report = said.Replace("break ", "", StringComparison.Ordinal) switch
        {
            "restart" => HandlerReport.Restart,
            "done" => HandlerReport.Done,
            "abort" => HandlerReport.Abort(Hopeless.With(("runs", Context.Children.Count))),
            "undeclared" => HandlerReport.Abort(new ExitCode(441, "UNDECLARED", "Nobody knows it.")),
            _ => null,
        };
        return report is not null && said.StartsWith("break ", StringComparison.Ordinal)
            ? report with
            {
                Break = true,
            }
            : report;
    }
}

namespace Orleans.Workflows.Behaviour.Restarting;

/// <summary>A child that ends as its input says.</summary>
[Process("behaviour/attempt")]
public sealed class Attempt : Process<AttemptInput, AttemptOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<AttemptInput, AttemptOutput> Type = new("behaviour/attempt");

    /// <summary>A failure that an adjusted input mends.</summary>
    public static readonly ExitCode Memory = new(300, "MEMORY", "Out of memory.");

    /// <summary>Another such failure.</summary>
    public static readonly ExitCode Walltime = new(301, "WALLTIME", "Out of time.");

    /// <summary>A failure for which nobody knows what to do.</summary>
    public static readonly ExitCode Strange = new(302, "STRANGE", "Nobody knows why.");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        switch (Input.Ends[Math.Min(Input.Run, Input.Ends.Count - 1)])
        {
            case "memory":
                return Task.FromResult<StepResult>(Memory);
            case "walltime":
                return Task.FromResult<StepResult>(Walltime);
            case "strange":
                return Task.FromResult<StepResult>(Strange);
            case "throw":
                throw new InvalidOperationException("it fell");
            case "kill":
                step.RequestKill("it gave up");
                break;
            case "wait":
                return Task.FromResult(WaitFor<string>("go", Gone));
            default:
                break;
        }

        return Task.FromResult(Finish(new AttemptOutput(Input.Run)));
    }

    private Task<StepResult> Gone(StepContext step, string payload) =>
        Task.FromResult(Finish(new AttemptOutput(Input.Run)));
}

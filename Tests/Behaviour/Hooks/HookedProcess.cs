using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>
/// Notes every call of a hook. On the stage it is set which one fails, hangs or kills: "fail OnWait".
/// </summary>
/// <param name="stage">Where that is set, and the notes go.</param>
/// <param name="grains">For a hook that kills.</param>
[Process("behaviour/hooked")]
public sealed class HookedProcess(Stage stage, IGrainFactory grains) : Process<HookInput, HookOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<HookInput, HookOutput> Type = new("behaviour/hooked");

    /// <inheritdoc/>
    protected override void Configure(StepOptionsBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.For(nameof(Retried), retry: RetryPolicy.Fixed(2, TimeSpan.Zero));
    }

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step)
    {
        if (stage.IsReached(step.ProcessId, "retry step"))
        {
            return Task.FromResult(Next(Retried));
        }

        if (stage.IsReached(step.ProcessId, "spin step"))
        {
            stage.Reach(step.ProcessId, "spins");
            SpinWait.SpinUntil(() => stage.IsReached(step.ProcessId, "stop spinning"), TimeSpan.FromSeconds(30));
        }

        if (stage.IsReached(step.ProcessId, "fail step"))
        {
            throw new InvalidOperationException("the step failed");
        }

        Emit(o => o.Text, "early");
        return Task.FromResult(Next(Ask));
    }

    /// <inheritdoc/>
    protected override Task OnExitAsync(ProcessTransition transition) => NoteAsync("OnExit", transition);

    /// <inheritdoc/>
    protected override Task OnRunAsync(ProcessTransition transition) => NoteAsync("OnRun", transition);

    /// <inheritdoc/>
    protected override Task OnWaitAsync(ProcessTransition transition) => NoteAsync("OnWait", transition);

    /// <inheritdoc/>
    protected override Task OnFinishAsync(ProcessTransition transition) => NoteAsync("OnFinish", transition);

    /// <inheritdoc/>
    protected override Task OnExceptAsync(ProcessTransition transition) => NoteAsync("OnExcept", transition);

    /// <inheritdoc/>
    protected override Task OnKillAsync(ProcessTransition transition) => NoteAsync("OnKill", transition);

    /// <inheritdoc/>
    protected override Task OnPauseAsync(ProcessTransition transition) => NoteAsync("OnPause", transition);

    /// <inheritdoc/>
    protected override Task OnPlayAsync(ProcessTransition transition) => NoteAsync("OnPlay", transition);

    /// <inheritdoc/>
    protected override Task OnOutputAsync(ProcessTransition transition) => NoteAsync("OnOutput", transition);

    /// <inheritdoc/>
    protected override async Task OnEndedAsync(ProcessOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        await Task.Yield();
        stage.Note(outcome.Id, $"OnEnded {outcome.State}{Witness(outcome.Id)}");
        stage.Reach(outcome.Id, "cleaned up");
        if (stage.IsReached(outcome.Id, "fail OnEnded"))
        {
            throw new InvalidOperationException("OnEnded failed");
        }
    }

    private static string Witness(ProcessId id) =>
        CurrentProcess.Identity?.ProcessId == id ? "" : $" as {CurrentProcess.Identity}";

    private Task<StepResult> Retried(StepContext step)
    {
        step.Report("about to fail");
        throw new InvalidOperationException($"attempt {step.Attempt} of a step of {Input} failed");
    }

    private Task<StepResult> Ask(StepContext step) => Task.FromResult(WaitFor<string>("go", End));

    private Task<StepResult> End(StepContext step, string value) => Task.FromResult(Finish());

    private async Task NoteAsync(string hook, ProcessTransition transition)
    {
        var id = transition.ProcessId;
        await Task.Yield();
        stage.Note(id, $"{hook} {transition.From}>{transition.To} at {transition.Position}{Witness(id)}");
        if (stage.IsReached(id, $"fail {hook}"))
        {
            throw new InvalidOperationException($"{hook} failed");
        }

        if (stage.IsReached(id, $"hang {hook}"))
        {
            await stage.ReachedAsync(id, "never");
        }

        if (stage.IsReached(id, $"kill in {hook}"))
        {
            await Killing.KillAsync(grains, id, $"killed by {hook}");
        }
    }
}

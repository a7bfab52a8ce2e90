using Orleans.Workflows;

namespace Samples.HooksAndListeners;

/// <summary>Who wants to borrow a book.</summary>
public sealed record LoanInput(string Reader);

/// <summary>What was lent.</summary>
public sealed record LoanOutput(string Slip);

/// <summary>Says with each change of itself what is about to be committed.</summary>
[Process("library/loan")]
public sealed class Loan : Process<LoanInput, LoanOutput>
{
    public static readonly ProcessType<LoanInput, LoanOutput> Type = new("library/loan");

    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(WaitFor<string>("return", Take));

    protected override Task OnExitAsync(ProcessTransition transition) => SayAsync("OnExit", transition);

    protected override Task OnRunAsync(ProcessTransition transition) => SayAsync("OnRun", transition);

    protected override Task OnWaitAsync(ProcessTransition transition) => SayAsync("OnWait", transition);

    protected override Task OnPauseAsync(ProcessTransition transition) => SayAsync("OnPause", transition);

    protected override Task OnPlayAsync(ProcessTransition transition) => SayAsync("OnPlay", transition);

    protected override Task OnOutputAsync(ProcessTransition transition) => SayAsync("OnOutput", transition);

    protected override Task OnExceptAsync(ProcessTransition transition) => SayAsync("OnExcept", transition);

    protected override async Task OnFinishAsync(ProcessTransition transition)
    {
        await SayAsync("OnFinish", transition);
        if (Input.Reader == "Nobody")
        {
            throw new InvalidOperationException("Nobody has no card.");
        }
    }

    protected override Task OnEndedAsync(ProcessOutcome outcome)
    {
        Console.WriteLine($"      OnEnded: {outcome.State}, which is durable");
        return Task.CompletedTask;
    }

    private Task<StepResult> Take(StepContext step, string book)
    {
        Emit(output => output.Slip, $"{Input.Reader}: {book}");
        return Task.FromResult(Finish());
    }

    private static Task SayAsync(string hook, ProcessTransition transition)
    {
        Console.WriteLine(
            $"    before commit {transition.Version}: {hook}, {transition.From} -> {transition.To} {transition.Text}");
        return Task.CompletedTask;
    }
}

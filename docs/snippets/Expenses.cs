using System.ComponentModel.DataAnnotations;
using Orleans.Workflows;

namespace Snippets;

public static class Expenses
{
    public static readonly ProcessType<ExpenseInput, ExpenseOutput> Approve = new("expenses/approve");
}

public sealed record ExpenseInput([property: Required] string Employee, [property: Range(0.01, 10_000)] decimal Amount);

public sealed record ExpenseOutput(string Reference);

public sealed record Verdict(bool Approved, string By);

public interface ILedger
{
    Task<string> BookAsync(string idempotencyKey, decimal amount, CancellationToken cancellationToken);
}

[Process("expenses/approve", Version = 2, FailureIsIncident = true)]
public sealed class ApproveExpense(ILedger ledger) : WorkChain<ExpenseInput, ExpenseOutput, ApproveExpense.Progress>
{
    public sealed class Progress
    {
        public bool Approved { get; set; } = true;

        public string? Reference { get; set; }
    }

    protected override RetryPolicy Retry => RetryPolicy.Fixed(maxAttempts: 3, TimeSpan.FromSeconds(5));

    protected override TimeSpan? StepTimeout => TimeSpan.FromMinutes(1);

    protected override void Define(OutlineBuilder outline) =>
        outline
            .If(NeedsApproval, then =>
                then.WaitFor<Verdict>("verdict", Decided, timeout: TimeSpan.FromDays(3), onTimeout: NotDecided))
            .If(IsRefused, then => then.Return(exitCode: 100, "the expense was refused"))
            .Step(
                Book,
                retry: RetryPolicy.Exponential(maxAttempts: 5).Except<ArgumentException>(),
                timeout: TimeSpan.FromSeconds(30));

    protected override ExpenseOutput CreateOutput() => new(Context.Reference!);

    private bool NeedsApproval() => Input.Amount >= 100;

    private bool IsRefused() => !Context.Approved;

    private Task Decided(StepContext step, Verdict verdict)
    {
        Context.Approved = verdict.Approved;
        step.SetStatus($"decided by {verdict.By}");
        return Task.CompletedTask;
    }

    private Task NotDecided(StepContext step)
    {
        Context.Approved = false;
        return Task.CompletedTask;
    }

    private async Task Book(StepContext step) =>
        Context.Reference = await ledger.BookAsync(step.IdempotencyKey, Input.Amount, step.CancellationToken);
}

using Orleans.Workflows;

namespace Snippets;

public static class Invoices
{
    public static readonly ProcessType<InvoiceInput, InvoiceOutput> Send = new("invoices/send");

    public static readonly ProcessType<InvoiceInput, InvoiceOutput> Print = new("invoices/print");
}

public sealed record InvoiceInput(string Number);

public sealed record InvoiceOutput(int Reminders);

[Process("invoices/send")]
public sealed class SendInvoice(IProcessClient client) : WorkChain<InvoiceInput, InvoiceOutput, SendInvoice.Progress>
{
    public static readonly ExitCode Refused = new(410, "REFUSED", "{by} has refused it.");

    public sealed class Progress
    {
        public int Reminders { get; set; }
    }

    protected override void Define(OutlineBuilder outline) => outline
        .WaitFor("delivered", Print, retry: RetryPolicy.Fixed(maxAttempts: 3, TimeSpan.FromSeconds(5)))
        .WaitFor<Verdict>("verdict", Decide, timeout: TimeSpan.FromDays(3), onTimeout: Remind)
        .Step(Close);

    protected override InvoiceOutput CreateOutput() => new(Context.Reminders);

    private async Task Print(StepContext step)
    {
        var options = new StartOptions { Id = step.NewId("print"), IfExists = IfExists.UseExisting };
        await client.StartAsync(Invoices.Print, Input, options, step.CancellationToken);
    }

    private StepResult? Decide(StepContext step, Verdict verdict) =>
        verdict.Approved ? null : Refused.With(("by", verdict.By));

    private StepResult? Remind(StepContext step) =>
        ++Context.Reminders < 3 ? Next("verdict") : Exit(411, "nobody has answered");

    private Task Close(StepContext step)
    {
        step.SetStatus("paid");
        return Task.CompletedTask;
    }
}

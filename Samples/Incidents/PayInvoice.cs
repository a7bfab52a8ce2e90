using Orleans.Workflows;

namespace Samples.Incidents;

/// <summary>An invoice.</summary>
public sealed record InvoiceInput(string Number, decimal Amount);

/// <summary>What was done about it.</summary>
public sealed record InvoiceOutput(string Receipt, string Account);

/// <summary>Pays an invoice. A step that fails for good asks an operator.</summary>
[Process("invoices/pay", FailureIsIncident = true)]
public sealed class PayInvoice(Bank bank) : WorkChain<InvoiceInput, InvoiceOutput, PayInvoice.Progress>
{
    public static readonly ProcessType<InvoiceInput, InvoiceOutput> Type = new("invoices/pay");

    /// <summary>What it remembers.</summary>
    public sealed class Progress
    {
        public string Account { get; set; } = "";

        public string Receipt { get; set; } = "";
    }

    protected override void Define(OutlineBuilder outline) => outline.Step(LookUp).Step(Pay).Step(Archive);

    protected override InvoiceOutput CreateOutput() => new(Context.Receipt, Context.Account);

    private Task LookUp(StepContext step)
    {
        if (!bank.IsOpen)
        {
            throw new InvalidOperationException("The bank is closed.");
        }

        Context.Account = "CH99 typo";
        return Task.CompletedTask;
    }

    private Task Pay(StepContext step)
    {
        if (Context.Account.Contains("typo", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"There is no account '{Context.Account}'.");
        }

        Context.Receipt = $"R-{Input.Number}";
        return Task.CompletedTask;
    }

    private Task Archive(StepContext step) =>
        throw new InvalidOperationException("The archive was shut down for good.");
}

using Orleans.Workflows;

namespace Snippets;

public sealed record QuoteInput(string Item, string[] Suppliers);

public sealed record QuoteOutput(string Supplier, decimal Price);

public interface ISuppliers
{
    Task<decimal?> AskAsync(string supplier, string item, CancellationToken cancellationToken);
}

[Process("suppliers/quote")]
public sealed class FindQuote(ISuppliers suppliers) : Process<QuoteInput, QuoteOutput>
{
    protected override void Configure(StepOptionsBuilder steps) => steps
        .For(nameof(Ask), retry: RetryPolicy.Exponential(maxAttempts: 4), timeout: TimeSpan.FromSeconds(10));

    protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Next(Ask, 0));

    private async Task<StepResult> Ask(StepContext step, int index)
    {
        if (index == Input.Suppliers.Length)
        {
            return Exit(100, "no supplier has it");
        }

        var price = await suppliers.AskAsync(Input.Suppliers[index], Input.Item, step.CancellationToken);
        return price is { } found ? Finish(new QuoteOutput(Input.Suppliers[index], found)) : Next(Ask, index + 1);
    }
}

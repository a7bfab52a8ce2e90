using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows;
using Samples.Incidents;
using Samples.SampleHost;

var bank = new Bank();
await SampleSilo.RunAsync(
    processes => processes.AddProcess<PayInvoice>().Services.AddSingleton(bank),
    async client =>
    {
        var invoice = await client.StartAsync(
            PayInvoice.Type,
            new InvoiceInput("17", 99.90m),
            new StartOptions { Id = ProcessId.Parse("invoice-17") });
        var other = await client.StartAsync(
            PayInvoice.Type,
            new InvoiceInput("18", 1.00m),
            new StartOptions { Id = ProcessId.Parse("invoice-18") });

        await IncidentAsync(invoice, "LookUp");
        bank.IsOpen = true;
        Console.WriteLine($"The bank opens; retry: {await invoice.RetryAsync()}");

        await IncidentAsync(invoice, "Pay");
        Console.WriteLine(
            $"Edit the context: "
            + $"{await invoice.EditContextAsync("""{"account":"CH99 0001"}""", note: "the customer has called")}");
        Console.WriteLine($"Retry: {await invoice.RetryAsync()}");

        await IncidentAsync(invoice, "Archive");
        Console.WriteLine($"Skip: {await invoice.SkipAsync()}");
        Console.WriteLine($"It is finished: {await invoice.GetResultAsync()}");

        await IncidentAsync(other, "LookUp");
        Console.WriteLine($"Kill: {await other.KillAsync("a duplicate")}");
        var outcome = await other.WaitAsync();
        Console.WriteLine($"It is {outcome.State}: {outcome.Message}");

        Console.WriteLine($"What was done, by the history of {invoice.Id}:");
        await foreach (var entry in invoice.GetHistoryAsync())
        {
            foreach (
                var (kind, text) in entry.Events.Where(static happened =>
                    happened.Kind
                        is HistoryKind.IncidentOpened
                            or HistoryKind.IncidentResolved
                            or HistoryKind.ContextEdited
                            or HistoryKind.StepSkipped))
            {
                Console.WriteLine($"  {entry.Version,2}  {kind}: {text}");
            }
        }
    });

static async Task IncidentAsync(ProcessHandle process, string step)
{
    var status = await SampleSilo.UntilAsync(process, status => status.Incident is not null && status.Position == step);
    Console.WriteLine($"{process.Id}: {status.WaitingFor}");
}

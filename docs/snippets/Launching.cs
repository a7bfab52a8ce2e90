using Orleans.Workflows;

namespace Snippets;

public static class Launching
{
    public static async Task LaunchAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        var input = new ExpenseInput("Ada", 250);

        // Stored, and nothing runs until somebody continues it.
        var draft = await client.CreateAsync(Expenses.Approve, input, cancellationToken: cancellationToken);
        await draft.ContinueAsync(cancellationToken);

        // Stored, and begins at once.
        var expense = await client.StartAsync(Expenses.Approve, input, cancellationToken: cancellationToken);
        await using var callback = expense.OnFinish(outcome =>
        {
            Console.WriteLine($"{outcome.Id} is {outcome.State}");
            return Task.CompletedTask;
        });

        // Stored, begins at once, and its output is awaited.
        var once = new StartOptions { Id = ProcessId.Parse("expense-17"), IfExists = IfExists.UseExisting };
        var output = await client.ExecuteAsync(Expenses.Approve, input, once, cancellationToken);
        Console.WriteLine(output.Reference);

        // An end that came before the callback was asked for is told too.
        await callback.Completion;
    }
}

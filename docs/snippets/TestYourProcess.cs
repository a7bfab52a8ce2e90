using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Snippets;

public static class TestYourProcess
{
    public static async Task<string> NobodyDecides_TheExpenseIsRefused(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time);
            silo.Services.AddSingleton<ILedger, FakeLedger>();
            silo.AddMemoryGrainStorage(ControlPlane.StorageName);
            silo.UseInMemoryReminderService();
            silo.UseMemoryProcessStore();
            silo.AddWorkflows(workflows => workflows.AddProcess<ApproveExpense>());
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync(cancellationToken);
        await using var services = new ServiceCollection().AddSingleton<IGrainFactory>(cluster.Client).AddWorkflowClient().BuildServiceProvider();
        var client = services.GetRequiredService<IProcessClient>();

        var expense = await client.StartAsync(Expenses.Approve, new ExpenseInput("Ada", 250), cancellationToken: cancellationToken);
        while ((await expense.GetStatusAsync(cancellationToken)).Summary.State != ProcessState.Waiting)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        time.Advance(TimeSpan.FromDays(3));
        var outcome = await expense.WaitAsync(cancellationToken);
        return $"{outcome.State} {outcome.ExitCode}";
    }
}

internal sealed class FakeLedger : ILedger
{
    public Task<string> BookAsync(string idempotencyKey, decimal amount, CancellationToken cancellationToken) => Task.FromResult("BOOKED");
}

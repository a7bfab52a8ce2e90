using Orleans.Workflows.Testing;

namespace Snippets;

public static class TestYourProcess
{
    public static async Task<string> NobodyDecides_TheExpenseIsRefused(CancellationToken cancellationToken)
    {
        await using var cluster = await new WorkflowTestClusterBuilder()
            .AddProcess<ApproveExpense>()
            .AddService<ILedger>(new FakeLedger(new EffectLedger()))
            .StartAsync(cancellationToken);

        var expense = await cluster.Client.StartAsync(
            Expenses.Approve,
            new ExpenseInput("Ada", 250),
            cancellationToken: cancellationToken);
        var outcome = await cluster.RunToEndAsync(expense, cancellationToken: cancellationToken);

        return $"{outcome.State} {outcome.ExitCode}";
    }

    public static async Task<string> SomebodyDecides_WhileASiloDies(CancellationToken cancellationToken)
    {
        await using var cluster = await new WorkflowTestClusterBuilder()
            .AddProcess<ApproveExpense>()
            .AddService<ILedger>(new FakeLedger(new EffectLedger()))
            .WithSilos(2)
            .StartAsync(cancellationToken);

        var expense = await cluster.Client.StartAsync(
            Expenses.Approve,
            new ExpenseInput("Ada", 250),
            cancellationToken: cancellationToken);
        await cluster.SettleAsync(cancellationToken);
        var waiting = await cluster.InspectAsync(expense.Id, cancellationToken);
        await cluster.KillSiloAsync(cancellationToken: cancellationToken);
        await expense.SignalAsync(
            "verdict",
            new Verdict(Approved: true, "Grace"),
            cancellationToken: cancellationToken);
        await cluster.RunToEndAsync(expense, cancellationToken: cancellationToken);

        return $"{waiting.Status.AwaitedSignal}: {(await expense.GetResultAsync(cancellationToken)).Reference}";
    }

    public static async Task<string> ACrashAnywhere_BooksOnce(CancellationToken cancellationToken)
    {
        var report = await Sweep.EveryCrashPointAsync<ApproveExpense>(
            new ExpenseInput("Ada", 250),
            run => ArgumentOutOfRangeException.ThrowIfNotEqual(run.Effects.Count, 1),
            options =>
            {
                options.Cluster.AddService<ILedger>(new FakeLedger(options.Effects));
                options.Script = ProcessScript
                    .Empty.WhenWaitingFor("verdict")
                    .Signal("verdict", new Verdict(Approved: true, "Grace"));
            },
            cancellationToken);

        return $"{report}";
    }
}

internal sealed class FakeLedger(EffectLedger effects) : ILedger
{
    public Task<string> BookAsync(string idempotencyKey, decimal amount, CancellationToken cancellationToken)
    {
        effects.Record($"book {amount}", idempotencyKey);
        return Task.FromResult("BOOKED");
    }
}

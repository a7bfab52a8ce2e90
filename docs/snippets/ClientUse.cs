using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows;

namespace Snippets;

public static class ClientUse
{
    public static async Task ConnectAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddWorkflowClient();
        using var host = builder.Build();
        await host.StartAsync();

        var client = host.Services.GetRequiredService<IProcessClient>();
        var process = await client.StartAsync(
            Greetings.Greet,
            new GreetInput("Grace"),
            new StartOptions { Id = ProcessId.Parse("greeting-1"), IfExists = IfExists.UseExisting });
        Console.WriteLine((await process.GetResultAsync()).Text);
    }

    public static async Task DecideAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        var expense = client.GetHandle<ExpenseOutput>(ProcessId.Parse("expense-17"));
        await expense.SignalAsync(
            "verdict",
            new Verdict(Approved: true, By: "Ada"),
            signalId: "mail-2291",
            cancellationToken);

        var outcome = await expense.WaitAsync(cancellationToken);
        Console.WriteLine($"{outcome.State}, exit code {outcome.ExitCode}: {outcome.Message}");
    }

    public static async Task ControlAsync(ProcessHandle process, CancellationToken cancellationToken)
    {
        var pause = await process.PauseAsync("stock-taking", cancellationToken: cancellationToken);
        Console.WriteLine(pause.Status);
        Console.WriteLine(await pause.WaitForEffectAsync(cancellationToken));

        var status = await process.GetStatusAsync(cancellationToken);
        Console.WriteLine(status.WaitingFor);
        await process.PlayAsync(cancellationToken: cancellationToken);
    }

    public static async Task ControlTreeAsync(ProcessHandle process, CancellationToken cancellationToken)
    {
        await process.PauseAsync("stock-taking", tree: true, cancellationToken: cancellationToken);
        await process.PlayAsync(tree: true, cancellationToken);
        await process.KillAsync("called off", force: true, cancellationToken);
    }

    public static async Task ResolveAsync(ProcessHandle process, CancellationToken cancellationToken)
    {
        var status = await process.GetStatusAsync(cancellationToken);
        Console.WriteLine(
            $"{status.Incident?.Code} after {status.Incident?.Attempts} attempts: {status.Incident?.Remedy}");

        var edit = await process.EditContextAsync(
            """{"account":"CH99 0001"}""",
            note: "the customer has called",
            cancellationToken);
        var retry = await process.RetryAsync(cancellationToken);
        Console.WriteLine($"{edit}, {retry}: {await retry.WaitForEffectAsync(cancellationToken)}");
    }

    public static Task<ProcessOutcome> WaitUntilSomebodyHasToLookAsync(
        ProcessHandle process,
        CancellationToken cancellationToken) =>
        process.WaitAsync(
            incident =>
                throw new InvalidOperationException(
                    $"{process.Id} waits for an operator: {incident.Text} {incident.Remedy}"),
            cancellationToken);

    public static async Task LookAsync(ProcessHandle process, CancellationToken cancellationToken)
    {
        foreach (var (depth, member) in (await process.GetTreeAsync(cancellationToken)).Flatten())
        {
            Console.WriteLine($"{new string(' ', 2 * depth)}{member.Id} {member.Type} {member.State}");
        }

        await foreach (
            var line in process.GetReportsAsync(ReportLevel.Warning, tree: true, cancellationToken: cancellationToken))
        {
            Console.WriteLine($"{line.At:u} {line.ProcessId} [{line.Position}] {line.Text}");
        }
    }

    public static async Task InspectAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        var description = await client.DescribeAsync("expenses/approve", cancellationToken);
        foreach (var port in description.Inputs.Children)
        {
            Console.WriteLine(
                $"{port.Path}: {port.Type}, {(port.Required ? "required" : $"default {port.Default}")}, "
                + $"{string.Join(", ", port.Validators)}");
        }

        Console.WriteLine(description.InputSchema);
    }

    public static async Task ListAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        var query = new ProcessQuery
        {
            Type = "expenses/approve",
            States = [ProcessState.Waiting],
            HasIncident = false,
        };
        await foreach (var process in client.ListAsync(query, cancellationToken))
        {
            Console.WriteLine($"{process.Id} {process.StatusText}");
        }
    }

    public static Task PauseEngineAsync(IGrainFactory grains, bool paused) =>
        grains.GetGrain<IClusterSettingsGrain>(0).SetAsync(new ClusterSettings { EnginePaused = paused });

    public static void Configure(IHostApplicationBuilder builder) => builder.AddWorkflowSilo(
        processes => processes
            .AddProcess<ApproveExpense>()
            .Configure(engine => engine.Retention = TimeSpan.FromDays(30)),
        silo => silo.HealthPort = 9_000);
}

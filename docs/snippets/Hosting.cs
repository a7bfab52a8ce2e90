using Microsoft.AspNetCore.Builder;

namespace Snippets;

public static class Hosting
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (await builder.RunWorkflowCommandAsync(args) is { } exitCode)
        {
            return exitCode;
        }

        builder.AddWorkflowSilo(static processes => processes.AddProcesses(typeof(ApproveExpense).Assembly));
        await using var app = builder.Build();
        await app.RunAsync();
        return 0;
    }
}

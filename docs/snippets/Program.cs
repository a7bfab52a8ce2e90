using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows;

var builder = Host.CreateApplicationBuilder(args);
builder.AddWorkflowSilo(processes => processes.AddProcess<Greet>());
using var host = builder.Build();
await host.StartAsync();

var client = host.Services.GetRequiredService<IProcessClient>();
var process = await client.StartAsync(Greetings.Greet, new GreetInput("Ada"));
Console.WriteLine((await process.GetResultAsync()).Text);
await host.StopAsync();

public sealed record GreetInput(string Name);

public sealed record GreetOutput(string Text);

public static class Greetings
{
    public static readonly ProcessType<GreetInput, GreetOutput> Greet = new("greetings/greet");
}

[Process("greetings/greet")]
public sealed class Greet : WorkChain<GreetInput, GreetOutput, Greet.Progress>
{
    public sealed record Progress { public string Text { get; set; } = ""; }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Compose, retry: RetryPolicy.Exponential(maxAttempts: 5))
        .Delay(TimeSpan.FromSeconds(2));

    protected override GreetOutput CreateOutput() => new(Context.Text);

    private Task Compose(StepContext step) => Task.FromResult(Context.Text = $"Hello {Input.Name}");
}

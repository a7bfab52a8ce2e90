using Orleans.Workflows;

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

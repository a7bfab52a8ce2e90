using Orleans.Workflows;

public sealed record GreetInput(string Name);

public sealed record GreetOutput(string Text);

public static class Greetings
{
    public static readonly ProcessType<GreetInput, GreetOutput> Greet = new("greetings/greet");
}

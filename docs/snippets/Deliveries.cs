using Orleans.Workflows;

namespace Snippets;

public static class Deliveries
{
    public static readonly ProcessType<RouteInput, RouteOutput> Plan = new("deliveries/plan-route");
}

public sealed record RouteInput(string From, string To);

public sealed record RouteOutput(decimal Price);

public sealed record DeliveryInput(string From, string To, decimal Limit);

public sealed record DeliveryOutput(decimal Price);

[Process("deliveries/deliver")]
public sealed class Deliver : WorkChain<DeliveryInput, DeliveryOutput, Deliver.Progress>
{
    public static readonly ExitCode NoRoute = new(410, "NO_ROUTE", "Nobody goes there.");
    public static readonly ExitCode TooDear = new(
        420,
        "TOO_DEAR",
        "The best price is {price}, and the limit is {limit}.");

    public sealed class Progress
    {
        public ChildResult<RouteOutput>? Direct { get; set; }

        public IList<ChildResult<RouteOutput>> Detours { get; init; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(AskForRoutes)
        .If(HasNoRoute, then => then.Return(NoRoute))
        .ElseIf(IsTooDear, then => then.Return(PriceAndLimit))
        .Step(Book);

    protected override DeliveryOutput CreateOutput() => new(Best()!.Value);

    private Task AskForRoutes(StepContext step)
    {
        ToContext(context => context.Direct, Deliveries.Plan.Child(new RouteInput(Input.From, Input.To)));
        AppendToContext(
            context => context.Detours,
            Deliveries.Plan.Child(new RouteInput(Input.From, $"{Input.To} by sea")));
        AppendToContext(
            context => context.Detours,
            Deliveries.Plan.Child(new RouteInput(Input.From, $"{Input.To} by air")));
        return Task.CompletedTask;
    }

    private bool HasNoRoute() => Best() is null;

    private bool IsTooDear() => Best() > Input.Limit;

    private ExitCode PriceAndLimit() => TooDear.With(("price", Best()), ("limit", Input.Limit));

    private Task<StepResult?> Book(StepContext step)
    {
        step.Report($"booked for {Best()}");
        return Task.FromResult<StepResult?>(Best() > Input.Limit / 2 ? null : Next(AskForRoutes));
    }

    private decimal? Best() => Context.Detours.Append(Context.Direct)
        .Where(static route => route?.IsSuccess == true)
        .Min(static route => (decimal?)route!.Output.Price);
}

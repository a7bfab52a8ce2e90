namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Its second step fails, which is an incident, until the context has the part that it needs.</summary>
[Process("test/repair", FailureIsIncident = true)]
public sealed class Repair : WorkChain<Echo.In, Repair.Out, Repair.Progress>
{
    /// <summary>The output.</summary>
    public sealed record Out(string? Order = null, string? Part = null);

    /// <summary>The context.</summary>
    public sealed class Progress
    {
        /// <summary>What is built in.</summary>
        public string? Part { get; set; }

        /// <summary>Whether it was built in.</summary>
        public bool Mended { get; set; }

        /// <summary>Whether the customer has a bill.</summary>
        public bool Charged { get; set; }
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) =>
        outline.Step(Accept).Step(Mend).Step(Charge).Step(HandOver);

    /// <inheritdoc/>
    protected override Out CreateOutput() =>
        new(
            Part: $"{Context.Part ?? "none"}{(Context.Mended ? ", mended" : "")}{(Context.Charged ? ", charged" : "")}"
        );

    private Task Accept(StepContext step)
    {
        Emit(static output => output.Order, "R-1");
        return Task.CompletedTask;
    }

    private Task Mend(StepContext step) =>
        Task.FromResult(
            Context.Mended = Context.Part is not null ? true : throw new InvalidOperationException("No part."));

    private Task Charge(StepContext step) => Task.FromResult(Context.Charged = true);

    private Task HandOver(StepContext step) => Task.CompletedTask;
}

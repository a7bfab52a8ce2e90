using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>An outline whose second step fails until its cause is mended or its context has an amount.</summary>
/// <param name="stage">Says whether the cause is mended, and keeps the idempotency keys.</param>
[Process("behaviour/incident-chain", FailureIsIncident = true)]
public sealed class IncidentChain(Stage stage) : WorkChain<IncidentInput, IncidentOutput, IncidentChain.Progress>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<IncidentInput, IncidentOutput> Type = new("behaviour/incident-chain");

    /// <summary>What is done.</summary>
    public sealed class Progress
    {
        /// <summary>The steps that completed.</summary>
        public List<string> Did { get; set; } = [];

        /// <summary>How much to charge.</summary>
        public int Amount { get; set; }

        /// <summary>Whether it is in a hurry.</summary>
        public bool Express { get; set; }
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Prepare)
        .Step(Charge)
        .If(IsExpress, then => then.Step(Hurry))
        .Step(Last);

    /// <inheritdoc/>
    protected override IncidentOutput CreateOutput() => new(string.Join(",", Context.Did));

    private bool IsExpress() => Context.Express;

    private Task Prepare(StepContext step)
    {
        Context.Express = Input.Express;
        return Do(step);
    }

    private Task Charge(StepContext step) => Context.Amount > 0 || stage.IsReached(step.ProcessId, "mended")
        ? Do(step)
        : throw new InvalidOperationException("nothing to charge");

    private Task Hurry(StepContext step) => Do(step);

    private Task Last(StepContext step) => Do(step);

    private Task Do(StepContext step)
    {
        Context.Did.Add($"{step.Position.Split('/')[^1]}{step.StepNumber}");
        stage.Note(step.ProcessId, step.IdempotencyKey);
        return Task.CompletedTask;
    }
}

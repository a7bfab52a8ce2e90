namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Has ports of its child.</summary>
[Process("behaviour/order")]
public sealed class OrderChain : WorkChain<OrderInput, OrderOutput, OrderContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<OrderInput, OrderOutput> Type = new("behaviour/order");

    private static readonly IReadOnlyList<string> Marks = ["by the parent"];

    /// <inheritdoc/>
    protected override void Expose(ExposeBuilder ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ports
            .ExposeInputs<ShipChain>("ship", exclude: ["marks", "ticket"])
            .ExposeOutputs<ShipChain>("shipped", include: ["city", "weight"]);
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Start).Step(Forward);

    private Task Start(StepContext step)
    {
        ToContext(c => c.Exposed, ShipChain.Type.Child(ExposedInputs<ShipInput>("ship", new { Marks })));
        if (Input.Whole is { } whole)
        {
            ToContext(c => c.Whole, ShipChain.Type.Child(whole));
        }

        return Task.CompletedTask;
    }

    private Task Forward(StepContext step)
    {
        EmitExposed(Context.Exposed!.Output.City == "Nowhere" ? "shiped" : "shipped", Context.Exposed);
        Emit(o => o.WholeCity, Context.Whole?.Output.City);
        return Task.CompletedTask;
    }
}

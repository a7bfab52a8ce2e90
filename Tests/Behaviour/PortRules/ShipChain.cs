using System.ComponentModel;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Looks at its input in several steps.</summary>
[Process("behaviour/ship", Version = 3), Description("Ships a parcel.")]
public sealed class ShipChain : WorkChain<ShipInput, ShipOutput, ShipContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<ShipInput, ShipOutput> Type = new("behaviour/ship");

    /// <summary>How it fails.</summary>
    public static readonly ExitCode Lost = new(461, "LOST", "Lost in {place}.");

    /// <summary>How else it fails.</summary>
    public static readonly ExitCode Refused = new(460, "REFUSED", "Nobody takes it.");

    /// <inheritdoc/>
    protected override ShipOutput? CreateOutput() =>
        new()
        {
            Seen = [.. Context.Seen],
            Weight = Input.Weight,
            City = Input.Address.City,
        };

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Look)
        .If(IsHeld, held => held.WaitFor<string>("go", Gone))
        .Else(free => free.Step(LookFreely))
        .While(IsShort, body => body.Step(LookAgain))
        .Return();

    private bool IsHeld() => Input.Address.Street == "hold";

    private bool IsShort() => Context.Seen.Count < 3;

    private Task Look(StepContext step) => See();

    private Task Gone(StepContext step, string payload) => See();

    private Task LookFreely(StepContext step) => See();

    private Task LookAgain(StepContext step) => See();

    private Task See()
    {
        Context.Seen.Add($"{Input.Ticket} {Input.Marks.Count}");
        Input.Marks.Add("a mark that is gone in the next step");
        return Task.CompletedTask;
    }
}

using System.Text.Json;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Emits outputs of every kind, and ends as it is told.</summary>
/// <param name="stage">Where it says how far it is.</param>
[Process("behaviour/emit")]
public sealed class EmitChain(Stage stage) : WorkChain<EmitInput, EmitOutput, EmitContext>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<EmitInput, EmitOutput> Type = new("behaviour/emit");

    /// <summary>How it fails.</summary>
    public static readonly ExitCode Broken = new(430, "BROKEN", "It broke.");

    /// <inheritdoc/>
    protected override RetryPolicy Retry => RetryPolicy.Fixed(2, TimeSpan.Zero).Except<NotSupportedException>();

    /// <inheritdoc/>
    protected override EmitOutput? CreateOutput() => Input.Then == "create" ? Own() : null;

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(EmitAll)
        .If(Waits, then => then.WaitFor<string>("go", Gone))
        .Step(Then);

    private static EmitOutput Own() =>
        new()
        {
            Total = 7,
            Parcel = new EmitParcel { Note = "own" },
            Extras = new Dictionary<string, JsonElement> { ["own"] = JsonElement.Parse("1") },
        };

    private bool Waits() => Input.Then == "wait";

    private Task EmitAll(StepContext step)
    {
        if (Input.Total is { } total)
        {
            Emit(o => o.Total, total);
        }

        Emit("name", "first");
        Emit(o => o.Parcel!.Weight, 5);
        Emit("parcel.note", "fragile");
        Emit("extras.big", new { size = 9 });
        return Task.CompletedTask;
    }

    private Task Gone(StepContext step, string payload) => Task.CompletedTask;

    private async Task<StepResult?> Then(StepContext step)
    {
        if (Input.Then != "nothing")
        {
            Emit(o => o.Name, "second");
        }

        switch (Input.Then)
        {
            case "hold":
                stage.Reach(step.ProcessId, "emitted");
                await stage.ReachedAsync(step.ProcessId, "go");
                return null;
            case "throw":
                throw new NotSupportedException("it fell");
            case "failonce" when step.Attempt == 1:
                Emit("extras.lost", 1);
                throw new InvalidOperationException("once");
            case "code":
                return Broken;
            case "bad":
                Emit(o => o.Total, 99);
                break;
            case "badpath":
                Emit("parcel.colour", "red");
                break;
            case "caught":
                try
                {
                    Emit("total", 99);
                }
                catch (PortValidationException e)
                {
                    Context.Caught = string.Join('|', e.Faults);
                }

                break;
            case "finish":
                return Finish();
            case "output":
                return Finish(Own());
            default:
                break;
        }

        return null;
    }
}

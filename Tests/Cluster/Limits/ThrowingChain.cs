using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>Fails in odd ways.</summary>
[Process("test/throwing")]
public sealed class ThrowingChain : WorkChain<HelloInput, HelloOutput, ThrowingChain.Odd>
{
    public static ProcessType<HelloInput, HelloOutput> Type { get; } = new("test/throwing");

    protected override void Define(OutlineBuilder outline) => outline.Step(Throw);

    private Task Throw(StepContext step)
    {
        switch (Input.Name)
        {
            case "throws" or "null":
                throw new OddException(Input.Name == "throws");
            case "long":
                throw new InvalidOperationException(new string('x', 20_000_000));
            case "nan":
                Context.Number = double.NaN;
                break;
            case "getter":
                Context.Throws = true;
                break;
            default:
                break;
        }

        return Task.CompletedTask;
    }

    public sealed class Odd
    {
        public double Number { get; set; }

        public bool Throws { get; set; }

        public string Text => Throws ? throw new InvalidTimeZoneException("no value today") : "";
    }

    public sealed class OddException(bool throws) : Exception
    {
        public override string Message => throws ? throw new InvalidOperationException("not even this") : null!;
    }
}

namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Emits what it was told, and ends by an error whose message has characters that act on a terminal.</summary>
[Process("test/failing")]
public sealed class Failing : WorkChain<Echo.In, Failing.Out, Failing.Progress>
{
    /// <summary>What the error says: a colour, a new line, and what turns the direction of writing around.</summary>
    public const string Message = "red \e[31m\nand \u202Edettimda\u2069";

    /// <summary>How that is shown.</summary>
    public const string Shown = @"red \u001B[31m\nand \u202Edettimda\u2069";

    /// <summary>The output.</summary>
    public sealed record Out(string? Text = null);

    /// <summary>The context.</summary>
    public sealed class Progress;

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline.Step(Tell).Step(Fail);

    /// <inheritdoc/>
    protected override Out CreateOutput() => new();

    private Task Tell(StepContext step)
    {
        Emit(static output => output.Text, Input.Text);
        return Task.CompletedTask;
    }

    private Task Fail(StepContext step) => throw new InvalidOperationException(Message);
}

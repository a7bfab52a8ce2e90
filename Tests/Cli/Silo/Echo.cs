namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Ends at once, as its input says.</summary>
[Process("test/echo")]
public sealed class Echo : Process<Echo.In, Echo.Out>
{
    /// <summary>The input.</summary>
    public sealed record In(string Text = "nothing", int ExitCode = 0);

    /// <summary>The output.</summary>
    public sealed record Out(string Text);

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        Task.FromResult(Input.ExitCode == 0 ? Finish(new Out(Input.Text)) : Exit(Input.ExitCode, Input.Text));
}

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Fails for good.</summary>
[Process("behaviour/excepted")]
public sealed class ExceptedProcess : Process<MatrixInput, MatrixOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<MatrixInput, MatrixOutput> Type = new("behaviour/excepted");

    /// <inheritdoc/>
    protected override Task<StepResult> RunAsync(StepContext step) =>
        throw new InvalidOperationException("it always fails");
}

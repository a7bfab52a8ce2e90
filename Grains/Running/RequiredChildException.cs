namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// A child that must succeed did not, which is a failure of its parent for good: no code of a step can throw this.
/// </summary>
/// <param name="failure">How it ended, as the parent fails with it.</param>
internal sealed class RequiredChildException(ProcessFailedException failure) : Exception(failure.Message, failure)
{
    /// <summary>How it ended, as the parent fails with it.</summary>
    public ProcessFailedException Failure => failure;
}

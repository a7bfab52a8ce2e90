using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What one attempt of a step gets.</summary>
/// <param name="Context">The attempt.</param>
/// <param name="Args">The step's argument.</param>
/// <param name="Results">The results of children, when the step gets those.</param>
internal sealed record StepCall(
    StepContext Context,
    RawJson? Args,
    IReadOnlyList<(int Index, ProcessOutcome Outcome)> Results)
{
    /// <summary>Reads the step's argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The argument; the type's default when there is none.</returns>
    /// <exception cref="UnreadablePayloadException">The stored argument is not of the type.</exception>
    public T Argument<T>()
    {
        try
        {
            return Args is null ? default! : WorkflowJson.Read<T>(Args.Utf8, $"argument of step '{Context.Position}'")!;
        }
        catch (PayloadException e)
        {
            throw new UnreadablePayloadException(e.Message, e) { Remedy = UnreadablePayloadException.RemedyOfStep };
        }
    }
}

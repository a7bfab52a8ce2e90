using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows;

/// <summary>
/// How a child ended. A child that failed is data; asking such a child for its output throws. Can be kept in a context.
/// </summary>
/// <typeparam name="TOutput">The child's output.</typeparam>
[JsonConverter(typeof(ChildResultConverter))]
public sealed class ChildResult<TOutput>
{
    internal ChildResult(ProcessOutcome outcome, int index)
    {
        Outcome = outcome;
        Index = index;
    }

    /// <summary>The child.</summary>
    public ProcessId Id => Outcome.Id;

    /// <summary>
    /// Its place among the children that were started together, in the order in which they were given.
    /// </summary>
    public int Index { get; }

    /// <summary>How it ended.</summary>
    public ProcessOutcome Outcome { get; }

    /// <summary>Whether it finished with exit code 0.</summary>
    public bool IsSuccess => Outcome.IsSuccess;

    /// <summary>Its exit code; 0 for success.</summary>
    public int ExitCode => Outcome.ExitCode;

    /// <summary>Its output.</summary>
    /// <exception cref="ProcessFailedException">It did not finish with exit code 0.</exception>
    /// <exception cref="PayloadException">The output cannot be read as the type.</exception>
    public TOutput Output =>
        IsSuccess && Outcome.Output is { } json
            ? Read(json)
            : throw new ProcessFailedException(
                $"The child {Id} is {Outcome.State} with exit code {Outcome.ExitCode}: {Outcome.Message}",
                Outcome);

    /// <summary>A step that lets the exception out has not failed: what is stored does not fit it.</summary>
    private TOutput Read(byte[] json)
    {
        try
        {
            return WorkflowJson.Read<TOutput>(json, $"output of {Id}")!;
        }
        catch (PayloadException e)
        {
            e.Data[UnreadablePayloadException.Mark] = true;
            throw;
        }
    }
}

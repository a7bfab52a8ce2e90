using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Makes the ends of processes.</summary>
internal static class OutputPorts
{
    /// <summary>An end with an output, which must be valid: one that is not ends with the engine's code, and the faults are kept.</summary>
    /// <typeparam name="TOutput">The output ports.</typeparam>
    /// <param name="output">The output.</param>
    /// <returns>The end.</returns>
    public static Directive.End End<TOutput>(TOutput output)
    {
        var json = new RawJson(WorkflowJson.Write(output, "output"));
        var faults = PortValidator.Validate(output, "outputs");
        if (faults.Count == 0)
        {
            return new Directive.End(EngineExitCodes.Success, json);
        }

        var message = string.Join(" ", faults);
        var failure = new FailureInfo { Type = typeof(PortValidationException).FullName!, Message = message };
        return new Directive.End(EngineExitCodes.OutputsInvalid, json, message, failure);
    }

    /// <summary>An end with an exit code of the definition's own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <returns>The end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The exit code is below 100.</exception>
    public static Directive.End Exit(int exitCode, string message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exitCode, EngineExitCodes.FirstOfDefinitions);
        ArgumentNullException.ThrowIfNull(message);
        return new Directive.End(exitCode, Message: message);
    }
}

using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Makes the ends of processes.</summary>
internal static class OutputPorts
{
    /// <summary>
    /// An end with an output, which must be valid: one that is not ends with the engine's code, and the faults are
    /// kept.
    /// </summary>
    /// <typeparam name="TOutput">The output ports.</typeparam>
    public static Directive.End End<TOutput>(TOutput output)
    {
        var json = new RawJson(StepValues.Write(output, "output"));
        return Checked(json, PortValidator.Validate(output, PortTree.Of(typeof(TOutput)), "outputs"));
    }

    /// <summary>An end with an output of which is known whether it is valid.</summary>
    /// <param name="output">The output.</param>
    /// <param name="faults">Its faults, each with its path.</param>
    /// <returns>Success, or the engine's exit code with the faults.</returns>
    public static Directive.End Checked(RawJson output, IReadOnlyList<string> faults)
    {
        if (faults.Count == 0)
        {
            return new Directive.End(EngineExitCodes.Success, output);
        }

        var message = StorableText.Shorten(string.Join(" ", faults), WorkflowLimits.MaxFailureTextLength);
        var failure = new FailureInfo { Type = FailureInfo.NameOf(typeof(PortValidationException)), Message = message };
        return new Directive.End(EngineExitCodes.OutputsInvalid, output, message, failure);
    }

    /// <summary>The end with the outputs that were emitted, whatever they are.</summary>
    public static Directive.End EndWithEmitted() => new(EngineExitCodes.Success);

    /// <summary>The end with an exit code that the definition declares.</summary>
    /// <exception cref="ArgumentException">Its message is not filled in.</exception>
    public static Directive.End Exit(ExitCode exitCode)
    {
        ArgumentNullException.ThrowIfNull(exitCode);
        return exitCode.Arguments.Count == 0
            ? new Directive.End(exitCode.Status, Message: exitCode.Message) { Label = exitCode.Label }
            : throw new ArgumentException(
                $"The message of {exitCode.Label} needs [{string.Join(", ", exitCode.Arguments)}]: give them by "
                + "With(…).",
                nameof(exitCode));
    }

    /// <summary>An end with an exit code of the definition's own.</summary>
    /// <param name="exitCode">100 or more.</param>
    /// <param name="message">Why.</param>
    /// <exception cref="ArgumentOutOfRangeException">The exit code is below 100.</exception>
    public static Directive.End Exit(int exitCode, string message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exitCode, EngineExitCodes.FirstOfDefinitions);
        ArgumentNullException.ThrowIfNull(message);
        return new Directive.End(exitCode, Message: message);
    }
}

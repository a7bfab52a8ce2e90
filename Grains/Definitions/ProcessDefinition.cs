using System.Collections.Frozen;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A process type as a silo runs it: checked, immutable, shared by all its processes.</summary>
internal sealed class ProcessDefinition
{
    /// <summary>The name of the process type.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the definition.</summary>
    public required int Version { get; init; }

    /// <summary>The definition's class.</summary>
    public required Type Class { get; init; }

    /// <summary>The input's type.</summary>
    public required Type InputType { get; init; }

    /// <summary>How steps are retried that say nothing themselves.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>How long attempts may take of steps that say nothing themselves.</summary>
    public required TimeSpan? StepTimeout { get; init; }

    /// <summary>Whether a failure for good is an incident.</summary>
    public required bool FailureIsIncident { get; init; }

    /// <summary>Makes an instance with the services of a scope.</summary>
    public required Func<IServiceProvider, Process> Create { get; init; }

    /// <summary>The position of the first step.</summary>
    public required string First { get; init; }

    /// <summary>The steps by position.</summary>
    public required FrozenDictionary<string, StepNode> Steps { get; init; }

    /// <summary>Finds what comes next when a step of an outline has completed.</summary>
    /// <param name="process">The instance that the step ran on.</param>
    /// <param name="step">The step.</param>
    /// <returns>What comes next.</returns>
    public static Directive After(Process process, StepNode step) =>
        step.Instruction?.Leave(process) ?? ((IOutlined)process).End();

    /// <summary>Checks an input before anything is stored.</summary>
    /// <param name="input">UTF-8 JSON.</param>
    /// <returns>The faults, each with its path; empty when there is none.</returns>
    public IReadOnlyList<string> CheckInput(byte[] input)
    {
        try
        {
            return PortValidator.Validate(System.Text.Json.JsonSerializer.Deserialize(input, InputType, WorkflowJson.Options), "inputs");
        }
        catch (System.Text.Json.JsonException e)
        {
            return [$"inputs{e.Path?.TrimStart('$')}: {e.Message}"];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The input's own constructor or converter refuses the value.
            return [$"inputs: {(e as System.Reflection.TargetInvocationException)?.InnerException?.Message ?? e.Message}"];
        }
    }
}

using System.Collections.Frozen;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
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

    /// <summary>The input ports.</summary>
    public required PortTree Inputs { get; init; }

    /// <summary>The output ports.</summary>
    public required PortTree Outputs { get; init; }

    /// <summary>The context's type; null for a step machine.</summary>
    public required Type? ContextType { get; init; }

    /// <summary>The exit codes that it declares, by label.</summary>
    public required FrozenDictionary<string, ExitCode> ExitCodes { get; init; }

    /// <summary>The hooks that it has.</summary>
    public required HookSet Hooks { get; init; }

    /// <summary>The listeners of its transitions: services of the silo.</summary>
    public required IReadOnlyList<Type> Listeners { get; init; }

    /// <summary>The outline as it is described; empty for a step machine.</summary>
    public required IReadOnlyList<OutlineElement> Outline { get; init; }

    /// <summary>
    /// What is wrong with an input that its ports cannot say; null when there is nothing of the kind.
    /// </summary>
    public required Func<object, IEnumerable<string>>? OwnFaults { get; init; }

    /// <summary>Whether anybody is to be told of transitions.</summary>
    public bool IsObserved => Hooks.Any || Hooks.CleansUp || Listeners.Count > 0;

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

    /// <summary>The steps that cannot do without what they get, by position, each with the name of its type.</summary>
    public required FrozenDictionary<string, string> NeededArguments { get; init; }

    /// <summary>
    /// The elements of an outline at which a step can have the process go on, by their ids; empty for a step machine.
    /// </summary>
    public required FrozenDictionary<string, LeafInstruction> Elements { get; init; }

    /// <summary>
    /// Says why the step at a position cannot read JSON as its argument; null when it can. One object, for each turn is
    /// given it.
    /// </summary>
    public Func<string, byte[], string?> FaultOfArgument => field ??= FaultOf;

    /// <summary>
    /// The names of all signals that it can wait for; null for a step machine, which says at run time what it waits
    /// for.
    /// </summary>
    public IReadOnlySet<string>? Signals => ContextType is null ? null : field ??= Steps.Values
        .Select(static step => step.Signal).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Describes the definition.</summary>
    public ProcessDescription Describe() =>
        new()
        {
            Type = Name,
            Version = Version,
            Help = Class.GetCustomAttribute<DescriptionAttribute>()?.Description,
            Inputs = Inputs.Describe("inputs"),
            Outputs = Outputs.Describe("outputs"),
            InputSchema = Inputs.Schema().ToJsonString(),
            OutputSchema = Outputs.Schema().ToJsonString(),
            ExitCodes =
            [
                .. ExitCodes
                    .Values.OrderBy(static code => code.Status)
                    .Select(static code => new ExitCodeDescription(code.Status, code.Label, code.Message)),
            ],
            Outline = Outline,
            Positions =
            [
                .. Steps
                    .Values.Where(static step => !step.TakesResults)
                    .Select(static step => step.Position)
                    .Order(StringComparer.Ordinal),
            ],
        };

    /// <summary>Finds a step by the last part of its position.</summary>
    /// <returns>The position; null when there is no such step.</returns>
    public string? PositionOf(string id) =>
        Steps.Keys.FirstOrDefault(position =>
            position == id || position.EndsWith("/" + id, StringComparison.Ordinal));

    /// <summary>Finds what comes next when a step of an outline has completed.</summary>
    /// <param name="process">The instance that the step ran on.</param>
    /// <param name="step">The step.</param>
    public static Directive After(Process process, StepNode step) =>
        step.Instruction?.Leave(process) ?? ((IOutlined)process).End();

    private string? FaultOf(string position, byte[] json)
    {
        if (json.Length == 0 || Steps.GetValueOrDefault(position)?.ArgumentType is not { } type)
        {
            return null;
        }

        try
        {
            JsonSerializer.Deserialize(json, WorkflowJson.Options.GetTypeInfo(type));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return FailureInfo.From(e).Message;
        }
    }

    /// <summary>Checks an input before anything is stored.</summary>
    /// <param name="input">UTF-8 JSON.</param>
    /// <param name="stored">
    /// The input as it is stored, with its defaults, which never change again; empty when there are faults.
    /// </param>
    /// <returns>The faults, each with its path; empty when there is none.</returns>
    public IReadOnlyList<string> CheckInput(byte[] input, out byte[] stored)
    {
        if (WorkflowJson.FaultOf(input) is { } fault)
        {
            stored = [];
            return [$"inputs: {fault}."];
        }

        var faults = Inputs.Check(input, "inputs", out stored);
        return faults.Count == 0 && OwnFaults is not null
            ? [.. OwnFaults(JsonSerializer.Deserialize(stored, InputType, WorkflowJson.Options)!)]
            : faults;
    }
}

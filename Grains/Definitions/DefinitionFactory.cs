using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Values;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Makes and checks definitions at start-up. Every fault is found, so that all can be mended at once.
/// </summary>
internal static class DefinitionFactory
{
    /// <summary>How the names of the engine's own process types begin.</summary>
    private const string OwnPrefix = "owf/";

    /// <summary>The position of an outline that begins with something else than a step.</summary>
    private const string Beginning = "(start)";

    /// <summary>Makes the definition of a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="services">Knows which services there are; null when that is not checked.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="listeners">The listeners of its transitions; null for none.</param>
    /// <returns>The definition; null when it has faults.</returns>
    public static ProcessDefinition? Create(
        Type type,
        IServiceProviderIsService? services,
        List<string> faults,
        IReadOnlyList<Type>? listeners = null)
    {
        var guard = new FaultGuard(type, faults);
        return guard.Try("definition", () => Make(type, services, faults, listeners, guard));
    }

    private static ProcessDefinition? Make(
        Type type,
        IServiceProviderIsService? services,
        List<string> faults,
        IReadOnlyList<Type>? listeners,
        FaultGuard guard)
    {
        var before = faults.Count;
        var attribute = type.GetCustomAttribute<ProcessAttribute>(inherit: false);
        if (attribute is null || string.IsNullOrWhiteSpace(attribute.Name))
        {
            faults.Add($"{type.Name}: it has no name; put [Process(\"…\")] on the class.");
        }
        else
        {
            CheckName(type.Name, attribute, faults);
        }

        if (type.IsAbstract || type.ContainsGenericParameters || Ports(type) is not { } ports)
        {
            faults.Add(
                $"{type.Name}: it must be a concrete class that derives from Process<TInput, TOutput> or "
                + "WorkChain<TInput, TOutput, TContext>.");
            return null;
        }

        guard.Try("fields", () => CheckFields(type, faults));
        guard.Try("ports", () => CheckDefaults(type, ports, faults));
        guard.Try("constructor", () => CheckConstructor(type, services, faults));
        if (guard.Try("class", () => (Process)RuntimeHelpers.GetUninitializedObject(type)) is not { } blank)
        {
            return null;
        }

        var exitCodes = DeclaredExitCodes.Of(type, faults);
        var steps = Steps(type, blank, exitCodes, faults);
        PolicyCheck.Check(type, steps.Steps, faults);
        var arguments = steps.Steps.Select(static step => step.ArgumentType).OfType<Type>();
        guard.Try("types", () => StoredTypes.Check(type, ports, arguments, faults));
        guard.Try("context", () => FirstContext.Check(type, ports.ElementAtOrDefault(2), faults));
        var (retry, timeout) = Defaults(type, blank, faults);
        var exposed = guard.Try("ports", () => ExposeBuilder.Apply(type, blank, ports, faults));
        if (faults.Count > before)
        {
            return null;
        }

        var create = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        return new ProcessDefinition
        {
            Name = attribute!.Name,
            Version = attribute.Version,
            Class = type,
            InputType = ports[0],
            ContextType = ports.Length > 2 ? ports[2] : null,
            Inputs = exposed.Inputs,
            Outputs = exposed.Outputs,
            ExitCodes = exitCodes.ToFrozenDictionary(static code => code.Label, StringComparer.Ordinal),
            OwnFaults = ChecksItsInput(type) ? blank.FaultsOf : null,
            Hooks = new HookSet(type),
            Listeners = listeners ?? [],
            Outline = steps.Outline,
            Elements = steps.Elements.ToFrozenDictionary(StringComparer.Ordinal),
            Retry = retry,
            StepTimeout = timeout,
            FailureIsIncident = attribute.FailureIsIncident,
            Create = services => (Process)create(services, null),
            First = steps.First,
            Steps = steps.Steps.ToFrozenDictionary(step => step.Position, StringComparer.Ordinal),
            NeededArguments = steps
                .Steps.Where(static step => step.NeedsArgument)
                .ToFrozenDictionary(
                    static step => step.Position,
                    static step => TypeNames.Of(step.ArgumentType!),
                    StringComparer.Ordinal),
        };
    }

    private static DefinedSteps Steps(
        Type type, Process blank, IReadOnlyList<ExitCode> exitCodes, List<string> faults) =>
        blank is IOutlined outlined
            ? OutlineSteps(type, outlined, exitCodes, faults)
            : MachineSteps(type, blank, faults);

    private static void CheckName(string type, ProcessAttribute attribute, List<string> faults)
    {
        if (attribute.Name.Length > WorkflowLimits.MaxTypeLength)
        {
            faults.Add(
                $"{type}: its name has {attribute.Name.Length} characters; at most {WorkflowLimits.MaxTypeLength} are "
                + "allowed.");
        }

        if (attribute.Name.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            faults.Add(
                $"{type}: its name '{attribute.Name}' begins with '{OwnPrefix}', as those of the engine's own process "
                + "types do; give it another.");
        }

        if (attribute.Version < 1)
        {
            faults.Add($"{type}: its version is {attribute.Version}; 1 or more is needed.");
        }
    }

    private static (RetryPolicy Retry, TimeSpan? Timeout) Defaults(Type type, Process blank, List<string> faults)
    {
        try
        {
            var (retry, timeout) = blank.StepDefaults;
            if (timeout <= TimeSpan.Zero || timeout > WorkflowLimits.MaxStepTimeout)
            {
                faults.Add(
                    $"{type.Name}: its StepTimeout is {timeout}; it must be more than zero and at most "
                    + $"{WorkflowLimits.MaxStepTimeout.TotalDays} days, or null for as long as a step wants.");
            }

            if (retry is not null)
            {
                if (retry.Fault is { } wrong)
                {
                    faults.Add($"{type.Name}: its Retry is wrong: {wrong}.");
                }

                return (retry, timeout);
            }

            faults.Add($"{type.Name}: its Retry is null; give a policy, RetryPolicy.None for no retries.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The definition's own code has thrown; the other definitions are still checked.
            faults.Add(
                $"{type.Name}: its Retry or StepTimeout cannot be read: {Sentence.Ended(e.Message)} They are read "
                + "before the constructor and may not use its parameters.");
        }

        return (RetryPolicy.None, null);
    }

    private static DefinedSteps OutlineSteps(
        Type type, IOutlined outlined, IReadOnlyList<ExitCode> exitCodes, List<string> faults)
    {
        var draft = new OutlineDraft(type.Name, faults);
        var outline = new Block(owner: null);
        var isWhole = FaultGuard.TryDefine(type.Name, "its definition", faults, () =>
            outlined.Define(new OutlineBuilder(draft, outline, path: "")));
        if (outline.IsEmpty)
        {
            if (isWhole)
            {
                draft.Fault("its outline is empty");
            }

            return new DefinedSteps("", [], []);
        }

        foreach (
            var undeclared in draft.Returned.Where(code =>
                !exitCodes.Any(declared => declared.Status == code.Status && declared.Label == code.Label)))
        {
            draft.Fault(
                $"its outline returns {undeclared.Label}, which it does not declare: make it a public static readonly "
                + "field of the class, or name its class by [ExitCodes(…)]");
        }

        if (outline.First is LeafInstruction { Step: { } first })
        {
            return new DefinedSteps(
                first.Position,
                [.. draft.Nodes.DistinctBy(node => node.Position)],
                outline.Describe())
            {
                Elements = draft.Elements,
            };
        }

        var begin = new StepNode
        {
            Position = Beginning,
            RunAsync = (process, _) => Task.FromResult(outline.EnterFrom(0, process) ?? ((IOutlined)process).End())!,
        };
        return new DefinedSteps(
            Beginning,
            [begin, .. draft.Nodes.DistinctBy(node => node.Position)],
            outline.Describe())
        {
            Elements = draft.Elements,
        };
    }

    private static DefinedSteps MachineSteps(Type type, Process blank, List<string> faults)
    {
        var options = new StepOptionsBuilder();
        FaultGuard.TryDefine(type.Name, "its definition", faults, () => blank
            .GetType()
            .GetMethod("Configure", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(StepOptionsBuilder)])!
            .Invoke(blank, BindingFlags.DoNotWrapExceptions, binder: null, [options], culture: null));
        var steps = StepMethods.Of(type, options, faults).ToList();
        foreach (var unknown in options.Steps.Except(steps.Select(step => step.Position)))
        {
            faults.Add($"{type.Name}: Configure names the step '{unknown}', which does not exist.");
        }

        foreach (var step in steps.Where(static step => step.Timeout <= TimeSpan.Zero))
        {
            faults.Add(
                $"{type.Name}: the step '{step.Position}' has the timeout {step.Timeout}; it must be more than zero.");
        }

        return new DefinedSteps("RunAsync", steps, []);
    }

    /// <summary>The types of a definition's ports and of its context.</summary>
    /// <returns>Input, output and, for a work chain, context; null when it is no definition.</returns>
    internal static Type[]? Ports(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (
                ancestor.IsGenericType
                && ancestor.GetGenericTypeDefinition() is var open
                && (open == typeof(Process<,>) || open == typeof(WorkChain<,,>)))
            {
                return ancestor.GetGenericArguments();
            }
        }

        return null;
    }

    private static bool ChecksItsInput(Type type) =>
        type.GetMethod(nameof(Process.FaultsOf), BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType
        != typeof(Process);

    private static void CheckFields(Type type, List<string> faults)
    {
        for (var owner = type; owner is not null && owner.Assembly != typeof(Process).Assembly; owner = owner.BaseType)
        {
            var fields = owner.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            foreach (var field in fields.Where(field => !field.IsInitOnly && !IsConstructorParameter(field)))
            {
                var name = field.Name.StartsWith('<')
                    ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)]
                    : field.Name;
                faults.Add(
                    $"{type.Name}: '{name}' can change, and what changes in an instance is lost after the step; keep "
                    + "it in the context or pass it as an argument, or make it readonly.");
            }
        }
    }

    /// <summary>
    /// The compiler keeps a captured parameter of a primary constructor in a field named &lt;name&gt;P, which cannot be
    /// marked readonly.
    /// </summary>
    private static bool IsConstructorParameter(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static void CheckDefaults(Type type, Type[] ports, List<string> faults)
    {
        var found = new List<string>();
        new DefaultCheck(found).Visit(PortTree.Of(ports[0]), "inputs");
        new DefaultCheck(found).Visit(PortTree.Of(ports[1]), "outputs");
        faults.AddRange(found.Select(fault => $"{type.Name}: {fault}"));
    }

    private static void CheckConstructor(Type type, IServiceProviderIsService? services, List<string> faults)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            faults.Add($"{type.Name}: it has {constructors.Length} public constructors; exactly one is needed.");
            return;
        }

        foreach (var parameter in constructors[0].GetParameters().Where(parameter => !parameter.HasDefaultValue))
        {
            if (
                services is not null
                && !parameter.IsDefined(typeof(FromKeyedServicesAttribute))
                && !services.IsService(parameter.ParameterType))
            {
                faults.Add(
                    $"{type.Name}: its constructor needs {parameter.ParameterType.Name}, which is not registered; add "
                    + "it to the host's services.");
            }
        }
    }

    /// <summary>What a definition says of its steps.</summary>
    /// <param name="First">The position of the first.</param>
    /// <param name="Steps">The steps.</param>
    /// <param name="Outline">The outline as it is described; empty for a step machine.</param>
    private sealed record DefinedSteps(
        string First,
        IReadOnlyList<StepNode> Steps,
        IReadOnlyList<OutlineElement> Outline)
    {
        /// <summary>The elements at which a step can have the process go on, by their ids.</summary>
        public IReadOnlyDictionary<string, LeafInstruction> Elements { get; init; } =
            new Dictionary<string, LeafInstruction>();
    }
}

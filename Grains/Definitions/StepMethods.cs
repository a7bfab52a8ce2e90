using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Finds and binds the methods that are steps.</summary>
internal static class StepMethods
{
    private static readonly MethodInfo MakeRun = typeof(StepMethods).GetMethod(
        nameof(Run),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;
    private static readonly MethodInfo MakeRunWithArgument = typeof(StepMethods).GetMethod(
        nameof(RunWithArgument),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    /// <summary>Whether a method can be a step: one of a process class, with a name that a person gave.</summary>
    public static bool IsStep(MethodInfo method) =>
        !method.IsStatic
        && typeof(Process).IsAssignableFrom(method.DeclaringType)
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    /// <summary>Whether a step says of itself that it computes for long.</summary>
    public static bool IsCpuBound(MethodInfo method) => method.IsDefined(typeof(CpuBoundAttribute), inherit: true);

    /// <summary>Binds a step's method to the instance of an attempt.</summary>
    /// <typeparam name="TDelegate">The method's shape.</typeparam>
    /// <param name="step">The method as the definition named it, bound to an instance that has never run.</param>
    public static Func<Process, TDelegate> Binder<TDelegate>(TDelegate step)
        where TDelegate : Delegate
    {
        var method = step.Method;
        return process => method.CreateDelegate<TDelegate>(process);
    }

    /// <summary>The steps of a step machine.</summary>
    /// <returns>The steps, each name once.</returns>
    public static IEnumerable<StepNode> Of(Type type, StepOptionsBuilder options, List<string> faults)
    {
        var steps = AllOf(type)
            .Where(method =>
                method.ReturnType == typeof(Task<StepResult>)
                && !method.IsGenericMethod
                && IsStep(method)
                && Arguments(method) is not null)
            .GroupBy(method => method.Name);
        foreach (var step in steps)
        {
            if (step.Count() > 1)
            {
                faults.Add($"{type.Name}: two steps have the id '{step.Key}'; give one of the methods another name.");
            }

            var (retry, timeout) = options.Of(step.Key);
            yield return Node(step.First(), retry, timeout);
        }
    }

    /// <summary>
    /// The methods of a class and of those that it derives from, the private ones too. An override stands for what it
    /// overrides.
    /// </summary>
    /// <returns>The methods, static ones included.</returns>
    public static IEnumerable<MethodInfo> AllOf(Type type)
    {
        var seen = new HashSet<MethodInfo>();
        for (var owner = type; owner is not null && owner != typeof(Process); owner = owner.BaseType)
        {
            foreach (
                var method in owner.GetMethods(
                    BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.Public
                        | BindingFlags.NonPublic
                        | BindingFlags.DeclaredOnly))
            {
                if (seen.Add(method.GetBaseDefinition()))
                {
                    yield return method;
                }
            }
        }
    }

    private static ParameterInfo[]? Arguments(MethodInfo method) =>
        method.GetParameters() is { Length: 1 or 2 } parameters && parameters[0].ParameterType == typeof(StepContext)
            ? parameters[1..]
            : null;

    private static StepNode Node(MethodInfo method, RetryPolicy? retry, TimeSpan? timeout)
    {
        var run = Arguments(method) is [var argument]
            ? MakeRunWithArgument.MakeGenericMethod(method.DeclaringType!, argument.ParameterType)
            : MakeRun.MakeGenericMethod(method.DeclaringType!);
        return new StepNode
        {
            Position = method.Name,
            Retry = retry,
            Timeout = timeout,
            IsCpuBound = IsCpuBound(method),
            TakesArgument = Arguments(method) is [_],
            ArgumentType = Arguments(method)!.SingleOrDefault()?.ParameterType,
            NeedsArgument =
                Arguments(method) is [var needed]
                && !IsResults(needed.ParameterType)
                && NeededArgument.IsNeeded(needed),
            RunAsync = (Func<Process, StepCall, Task<Directive?>>)run.Invoke(null, [method])!,
        };
    }

    /// <summary>
    /// Binds a method to its class once: binding it to each instance would cost more than a trivial step.
    /// </summary>
    private static Func<Process, StepCall, Task<Directive?>> Run<TProcess>(MethodInfo method)
        where TProcess : Process
    {
        var step = method.CreateDelegate<Func<TProcess, StepContext, Task<StepResult>>>();
        return async (process, call) => (await step((TProcess)process, call.Context)).Directive;
    }

    private static Func<Process, StepCall, Task<Directive?>> RunWithArgument<TProcess, TArgs>(MethodInfo method)
        where TProcess : Process
    {
        var step = method.CreateDelegate<Func<TProcess, StepContext, TArgs, Task<StepResult>>>();
        var read = Reader<TArgs>();
        return async (process, call) => (await step((TProcess)process, call.Context, read(call))).Directive;
    }

    /// <summary>Whether a step gets the results of children, and not what was given to it.</summary>
    private static bool IsResults(Type type) =>
        type.IsGenericType
        && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        && type.GetGenericArguments()[0] is { IsGenericType: true } child
        && child.GetGenericTypeDefinition() == typeof(ChildResult<>);

    private static Func<StepCall, TArgs> Reader<TArgs>()
    {
        if (IsResults(typeof(TArgs)))
        {
            var results = typeof(ChildRequests).GetMethod(nameof(ChildRequests.Results))!
                .MakeGenericMethod(typeof(TArgs).GetGenericArguments()[0].GetGenericArguments())
                .CreateDelegate<Func<IReadOnlyList<(int, ProcessOutcome)>, TArgs>>();
            return call => results(call.Results);
        }

        return static call => call.Argument<TArgs>();
    }
}

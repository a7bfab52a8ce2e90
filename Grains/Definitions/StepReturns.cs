using System.Collections.Frozen;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What the methods that an outline names may return, and what the engine is told then.</summary>
/// <remarks>
/// The outline takes any object: C# turns a method that returns <c>Task&lt;T&gt;</c> into a delegate that returns
/// <c>Task</c>, so no signature could refuse a result that would be dropped. The method itself says what it returns.
/// </remarks>
internal static class StepReturns
{
    /// <summary>The types, for a fault.</summary>
    public const string Allowed = "Task, Task<StepResult?>, Task<ExitCode>, StepResult? or ExitCode";

    private static readonly FrozenDictionary<Type, Func<object?, Task<Directive?>>> Readers =
        new Dictionary<Type, Func<object?, Task<Directive?>>>
        {
            [typeof(Task)] = static async returned =>
            {
                var task = (Task)returned!;
                await task;
                return task switch
                {
                    // A method that says Task and gives the task of another on: what that says is lost.
                    Task<StepResult> or Task<ExitCode> => throw new InvalidOperationException(
                        "The step returns a result although its method says Task: declare what it returns, so that it "
                        + "counts."),
                    _ => null,
                };
            },
            [typeof(Task<StepResult>)] = static async returned => (await (Task<StepResult?>)returned!)?.Directive,
            [typeof(Task<ExitCode>)] = static async returned => Exit(await (Task<ExitCode?>)returned!),
            [typeof(StepResult)] = static returned => Task.FromResult(((StepResult?)returned)?.Directive),
            [typeof(ExitCode)] = static returned => Task.FromResult<Directive?>(Exit((ExitCode?)returned)),
        }.ToFrozenDictionary();

    /// <summary>Finds what reads the returned objects of a method.</summary>
    /// <returns>
    /// What reads them, null saying that the outline decides what comes next; null when nothing can be made of the
    /// type.
    /// </returns>
    public static Func<object?, Task<Directive?>>? ReaderOf(Type returns) => Readers.GetValueOrDefault(returns);

    private static Directive.End? Exit(ExitCode? exitCode) => exitCode is null ? null : OutputPorts.Exit(exitCode);
}

using System.Diagnostics.CodeAnalysis;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows;

/// <summary>
/// What comes after a step. Made by the methods of <see cref="Process{TInput, TOutput}"/> and
/// <see cref="WorkChain{TInput, TOutput, TContext}"/>.
/// </summary>
public sealed class StepResult
{
    internal StepResult(Directive directive) => Directive = directive;

    /// <summary>The end with an exit code: a step returns one as it is.</summary>
    /// <param name="exitCode">The exit code, with its message filled in; null for nothing said.</param>
    [return: NotNullIfNotNull(nameof(exitCode))]
    public static implicit operator StepResult?(ExitCode? exitCode) => exitCode is null ? null : FromExitCode(exitCode);

    /// <summary>The end with an exit code.</summary>
    /// <param name="exitCode">The exit code, with its message filled in.</param>
    /// <returns>What a step returns.</returns>
    /// <exception cref="ArgumentException">The message has arguments that are not filled in.</exception>
    public static StepResult FromExitCode(ExitCode exitCode) => new(OutputPorts.Exit(exitCode));

    /// <summary>What the engine is told.</summary>
    internal Directive Directive { get; }
}

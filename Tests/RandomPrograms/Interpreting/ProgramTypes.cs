using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>The process types of programs.</summary>
public static class ProgramTypes
{
    /// <summary>The name of the step machine.</summary>
    public const string Machine = "random/machine";

    /// <summary>The name of the step machine whose failures are incidents.</summary>
    public const string MendedMachine = "random/machine-mended";

    /// <summary>The name of the work chain.</summary>
    public const string Chain = "random/chain";

    /// <summary>The name of the work chain whose failures are incidents.</summary>
    public const string MendedChain = "random/chain-mended";

    /// <summary>Who interprets a program.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>The process type.</returns>
    public static ProcessType<RandomProgram, ProgramOutput> Of(ProgramShape shape) => new(shape switch
    {
        ProgramShape.Machine => Machine,
        ProgramShape.MendedMachine => MendedMachine,
        ProgramShape.Chain => Chain,
        ProgramShape.MendedChain => MendedChain,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such shape."),
    });

    /// <summary>The children of an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <returns>The children to start.</returns>
    public static IEnumerable<ChildStart<ProgramOutput>> ChildrenOf(Instruction instruction) =>
        instruction.Children.Select(child =>
            Of(child.Shape).Child(child) with
            {
                MustSucceed = instruction.MustSucceed,
            });

    /// <summary>What a parent notes of its children.</summary>
    /// <param name="children">Their results.</param>
    /// <returns>Their ends, in order.</returns>
    public static string Summary(IEnumerable<ChildResult<ProgramOutput>> children) =>
        string.Join(", ", children.Select(static child => $"{child.Outcome.State} {child.ExitCode}"));
}

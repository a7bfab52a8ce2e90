using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>Where a step machine is in its program: it has no memory but the number of its completed steps.</summary>
public static class Layout
{
    /// <summary>The instruction to which a step belongs.</summary>
    /// <param name="program">The program.</param>
    /// <param name="step">The number of steps that are completed.</param>
    /// <returns>The instruction; -1 for the first step, which does none.</returns>
    public static int InstructionAt(RandomProgram program, int step)
    {
        ArgumentNullException.ThrowIfNull(program);
        var left = step - 1;
        var at = -1;
        while (left >= 0 && ++at < program.Instructions.Count)
        {
            left -= Width(program.Instructions[at]);
        }

        return at;
    }

    /// <summary>How many steps an instruction is: what waits has one before and one after.</summary>
    private static int Width(Instruction instruction) =>
        instruction.Kind is InstructionKind.Wait or InstructionKind.Sleep or InstructionKind.Children ? 2 : 1;
}

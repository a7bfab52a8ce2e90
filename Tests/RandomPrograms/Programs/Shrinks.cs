namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>Makes programs smaller, in every way by one thing.</summary>
public static class Shrinks
{
    /// <summary>The programs that are a little smaller.</summary>
    /// <param name="program">A program.</param>
    /// <returns>Programs that keep the rules, the greatest steps first.</returns>
    public static IEnumerable<RandomProgram> Of(RandomProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Children(program).Concat(Within(program)).Select(ProgramRules.Bend);
    }

    private static IEnumerable<RandomProgram> Children(RandomProgram program) =>
        program.Instructions.SelectMany(static instruction => instruction.Children);

    private static IEnumerable<RandomProgram> Within(RandomProgram program)
    {
        var instructions = program.Instructions;
        for (var half = instructions.Count / 2; half > 1; half /= 2)
        {
            yield return program with { Instructions = [.. instructions.Skip(half)] };
            yield return program with { Instructions = [.. instructions.SkipLast(half)] };
        }

        for (var at = 0; at < instructions.Count; at++)
        {
            yield return program with { Instructions = [.. instructions.Where((_, index) => index != at)] };
        }

        foreach (var meddling in program.Meddlings)
        {
            yield return program with { Meddlings = [.. program.Meddlings.Where(other => other != meddling)] };
        }

        yield return program with { Start = StartMode.Now };
        yield return program with { Shape = program.IsMended() ? program.Shape - 2 : ProgramShape.Machine };
        for (var at = 0; at < instructions.Count; at++)
        {
            foreach (var simpler in Simpler(instructions[at]))
            {
                yield return program with
                {
                    Instructions =
                    [
                        .. instructions.Select((instruction, index) => index == at ? simpler : instruction),
                    ],
                };
            }
        }
    }

    private static IEnumerable<Instruction> Simpler(Instruction instruction)
    {
        yield return instruction with
        {
            Takes = 0,
            Computes = false,
            Repeats = 0,
            Sleep = TimeSpan.Zero,
            Other = false,
        };
        yield return instruction with
        {
            Fails = 0,
            Mend = Mend.Retry,
        };
        yield return instruction with
        {
            Plan = SignalPlan.AtWait,
            Timeout = false,
        };
        yield return instruction with
        {
            MustSucceed = false,
        };
        for (var at = 0; at < instruction.Acts.Count; at++)
        {
            yield return instruction with { Acts = [.. instruction.Acts.Where((_, index) => index != at)] };
        }

        for (var at = 0; at < instruction.Children.Count; at++)
        {
            yield return instruction with { Children = [.. instruction.Children.Where((_, index) => index != at)] };
            foreach (var smaller in Within(instruction.Children[at]))
            {
                yield return instruction with
                {
                    Children = [.. instruction.Children.Select((child, index) => index == at ? smaller : child)],
                };
            }
        }
    }
}

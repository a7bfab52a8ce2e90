namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>
/// Makes any program one of which the model can tell the outcome. The generator and the shrinker leave it to this.
/// </summary>
public static class ProgramRules
{
    /// <summary>Bends a program until it keeps the rules.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program that keeps them.</returns>
    public static RandomProgram Bend(RandomProgram program) => Bend(program, isRoot: true);

    private static RandomProgram Bend(RandomProgram program, bool isRoot)
    {
        ArgumentNullException.ThrowIfNull(program);
        var settled = new HashSet<string>(StringComparer.Ordinal);
        return program with
        {
            Start = isRoot ? program.Start : StartMode.Now,
            Instructions = [.. program.Instructions.Select(instruction => Bend(instruction, program, isRoot, settled))],
            Meddlings = [.. program.Meddlings.Where(static meddling => meddling.Act != Act.KillParent)],
        };
    }

    private static Instruction Bend(Instruction given, RandomProgram program, bool isRoot, HashSet<string> settled) =>
        given.Kind switch
        {
            InstructionKind.Wait => BendActs(
                BendPlan(given, isRoot && program.Start == StartMode.Paused, settled),
                program,
                isRoot),
            InstructionKind.Children => BendChildren(given),

            // A chain's step is skipped by an edit and a skip. A play that comes from its parent's tree between the two
            // would run the wrong step.
            InstructionKind.Work
                when !isRoot && program.Shape == ProgramShape.MendedChain && given.Mend == Mend.Skip => given with
                {
                    Mend = Mend.Retry,
                },
            _ => given,
        };

    /// <summary>
    /// Signals of one name are taken in the order of their sending: so early ones come before all others of their name.
    /// </summary>
    private static Instruction BendPlan(Instruction given, bool seesEarlySignals, HashSet<string> settled)
    {
        var wait = given.Plan switch
        {
            SignalPlan.Racing when settled.Add("r") => given with { Timeout = true },
            SignalPlan.Racing or SignalPlan.Never => given with { Timeout = true, Plan = SignalPlan.Never },
            SignalPlan.AtWait => given with { Timeout = false },
            _ => seesEarlySignals ? given : given with { Timeout = false },
        };
        if (wait.Plan == SignalPlan.Early && settled.Contains(wait.SignalName()))
        {
            return wait with { Plan = wait.Timeout ? SignalPlan.Never : SignalPlan.AtWait };
        }

        if (wait.Plan is SignalPlan.Never or SignalPlan.AtWait)
        {
            settled.Add(wait.SignalName());
        }

        return wait;
    }

    /// <summary>Only a wait that lasts until its signal comes is a point at which everybody meets.</summary>
    private static Instruction BendActs(Instruction wait, RandomProgram program, bool isRoot) => wait with
    {
        Acts = wait.Plan != SignalPlan.AtWait ? [] : [.. wait.Acts
            .Select(act => act == Act.KillParent && isRoot ? Act.Kill : act)
            .Where(act => act != Act.KillParent || !program.IsRacedByKill())],
    };

    private static Instruction BendChildren(Instruction given)
    {
        var children = given.Children.Select(static child => Bend(child, isRoot: false)).ToList();
        return given with
        {
            Children = children,
            MustSucceed = given.MustSucceed && !children.Any(static child => child.IsRacedByKill()),
        };
    }
}

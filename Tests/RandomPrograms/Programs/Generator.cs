namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>Makes random programs.</summary>
/// <param name="random">The source of chance.</param>
public sealed class Generator(Random random)
{
    private const int MaxDepth = 2;

    private static readonly InstructionKind[] Kinds =
    [
        InstructionKind.Work, InstructionKind.Work, InstructionKind.Work, InstructionKind.Work,
        InstructionKind.Wait, InstructionKind.Wait, InstructionKind.Wait,
        InstructionKind.Sleep, InstructionKind.Children, InstructionKind.Children,
        InstructionKind.Say, InstructionKind.PauseSelf,
    ];

    private static readonly TimeSpan[] Sleeps =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromHours(2),
    ];

    /// <summary>Makes the next program.</summary>
    /// <returns>A program that keeps the rules.</returns>
    public RandomProgram Next() => ProgramRules.Bend(Next(depth: 0));

    private RandomProgram Next(int depth)
    {
        var length = random.Next(depth == 0 ? 9 : 5);
        return new RandomProgram
        {
            Shape = (ProgramShape)random.Next(4),
            Start = Chance(0.5) ? StartMode.Now : (StartMode)random.Next(4),
            Instructions = [.. Enumerable.Range(0, length).Select(_ => NextInstruction(depth))],
            Meddlings = [.. Enumerable.Range(0, Chance(0.3) ? 1 + random.Next(3) : 0).Select(_ => NextMeddling(depth))],
        };
    }

    private Instruction NextInstruction(int depth)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        if (kind == InstructionKind.Children && depth >= MaxDepth)
        {
            kind = InstructionKind.Work;
        }

        return Chance(0.05) ? NextEnd() : kind switch
        {
            InstructionKind.Work => new Instruction
            {
                Kind = kind,
                Takes = Chance(0.3) ? random.Next(15) : 0,
                Computes = Chance(0.15),
                Fails = Chance(0.25) ? 1 + random.Next(3) : Chance(0.05) ? Instruction.Always : 0,
                Mend = Chance(0.5) ? Mend.Retry : (Mend)random.Next(3),
            },
            InstructionKind.Wait => new Instruction
            {
                Kind = kind,
                Plan = (SignalPlan)random.Next(4),
                Timeout = Chance(0.5),
                Other = Chance(0.5),
                Repeats = Chance(0.3) ? random.Next(3) : 0,
                Acts = Chance(0.4) ? [.. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => NextAct())] : [],
            },
            InstructionKind.Sleep => new Instruction { Kind = kind, Sleep = Sleeps[random.Next(Sleeps.Length)] },
            InstructionKind.Children => new Instruction
            {
                Kind = kind,
                Children = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Next(depth + 1))],
                MustSucceed = Chance(0.2),
            },
            _ => new Instruction { Kind = kind },
        };
    }

    private Instruction NextEnd() => random.Next(3) switch
    {
        0 => new Instruction { Kind = InstructionKind.KillSelf },
        1 => new Instruction { Kind = InstructionKind.Exit, Code = 100 + random.Next(20) },
        _ => new Instruction { Kind = InstructionKind.Hold, Code = random.Next(2) },
    };

    private Act NextAct() => Chance(0.7) ? (Act)random.Next(3) : (Act)(3 + random.Next(3));

    /// <summary>Kills that race are rare: of a process that may be killed at any time the model can say less.</summary>
    private Meddling NextMeddling(int depth) =>
        new(
            1 + random.Next(depth == 0 ? 20 : 8),
            Chance(0.8) ? (Act)random.Next(3)
                : Chance(0.5) ? Act.Kill
                : Act.Force);

    private bool Chance(double chance) => random.NextDouble() < chance;
}

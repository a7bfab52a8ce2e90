using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>The reference model: what a program means, without the engine, without time and without faults.</summary>
public static class Reference
{
    /// <summary>Says what may become of a root.</summary>
    /// <param name="program">A program that keeps the rules.</param>
    /// <returns>What is allowed, for it and its children.</returns>
    public static Expectation Of(RandomProgram program) => Of(program, mayBeKilled: false);

    private static Expectation Of(RandomProgram program, bool mayBeKilled)
    {
        var raced = mayBeKilled || program.IsRacedByKill();
        var notes = new List<ExpectedNote>();
        var groups = new List<IReadOnlyList<Expectation>>();
        var signals = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < program.Instructions.Count; at++)
        {
            var instruction = program.Instructions[at];
            List<Expectation> children = [];
            if (instruction.Kind == InstructionKind.Children)
            {
                children = Group(instruction, raced);
            }

            if (children.Count > 0)
            {
                groups.Add(children);
            }

            var note = NoteOf(instruction, program, signals, children);
            var end = EndOf(instruction, program, children);
            if (note.Count > 0 && !(end is not null && LeavesNothing(instruction)))
            {
                notes.Add(new ExpectedNote(at, note, children.Count > 0 ? groups.Count - 1 : null));
            }

            if (end is not null)
            {
                return Ended(end, at, KillsParent(instruction));
            }
        }

        return Ended(ExpectedEnd.Success, program.Instructions.Count, killsParent: false);

        Expectation Ended(ExpectedEnd end, int reach, bool killsParent) =>
            new()
            {
                End = end,
                Notes = notes,
                Reach = reach,
                MayBeKilled = raced,
                KillsParent = killsParent,
                Groups = groups,
            };
    }

    /// <summary>A child that has its parent killed leaves it open how far the others come.</summary>
    private static List<Expectation> Group(Instruction instruction, bool raced)
    {
        var alone = instruction.Children.Select(child => Of(child, raced)).ToList();
        var killers = alone.Count(static child => child.KillsParent);
        return
        [
            .. instruction.Children.Select(
                (child, index) =>
                    killers > (alone[index].KillsParent ? 1 : 0) ? Of(child, mayBeKilled: true) : alone[index]),
        ];
    }

    private static IReadOnlyList<string> NoteOf(
        Instruction instruction,
        RandomProgram program,
        Dictionary<string, int> signals,
        IReadOnlyList<Expectation> children)
    {
        switch (instruction.Kind)
        {
            case InstructionKind.Work:
                return instruction.Fails == Instruction.Always && program.IsMended() && instruction.Mend == Mend.Skip
                    ? []
                    : ["done"];
            case InstructionKind.Wait when instruction.Plan == SignalPlan.Never:
                return ["timeout"];
            case InstructionKind.Wait:
                var name = instruction.SignalName();
                var payload = PayloadOf(name, signals[name] = signals.GetValueOrDefault(name) + 1);
                return instruction.Plan == SignalPlan.Racing ? [payload, "timeout"] : [payload];
            case InstructionKind.Sleep:
                return ["slept"];
            case InstructionKind.Children:
                return children.Aggregate<Expectation, IReadOnlyList<string>>([""], static (texts, child) =>
                    [
                        .. texts.SelectMany(text =>
                            child.Ends().Select(end => text.Length == 0 ? $"{end}" : $"{text}, {end}")),
                    ]);
            case InstructionKind.Say:
                return ["said"];
            case InstructionKind.PauseSelf:
                return ["paused"];
            case InstructionKind.KillSelf:
                return ["killed"];
            case InstructionKind.Exit:
                return ["exit"];
            case InstructionKind.Hold:
                return [];
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(instruction),
                    instruction.Kind,
                    "There is no such instruction.");
        }
    }

    private static ExpectedEnd? EndOf(
        Instruction instruction,
        RandomProgram program,
        IReadOnlyList<Expectation> children) =>
        instruction.Kind switch
        {
            _ when instruction.IsDeadly() => ExpectedEnd.Killed,
            InstructionKind.Work when instruction.Fails == Instruction.Always && !program.IsMended() =>
                ExpectedEnd.Excepted,
            InstructionKind.Work when instruction.Fails == Instruction.Always && instruction.Mend == Mend.Kill =>
                ExpectedEnd.Killed,
            InstructionKind.Children when children.Any(static child => child.KillsParent) => ExpectedEnd.Killed,
            InstructionKind.Children
                when instruction.MustSucceed && children.Any(static child => child.End != ExpectedEnd.Success) =>
                program.IsMended() ? ExpectedEnd.Killed : ExpectedEnd.Excepted,
            InstructionKind.KillSelf => ExpectedEnd.Killed,
            InstructionKind.Exit => new ExpectedEnd("Finished", instruction.Code),
            _ => null,
        };

    /// <summary>What ends a process from within leaves its note; what never completes does not.</summary>
    private static bool LeavesNothing(Instruction instruction) =>
        instruction.Kind is not (InstructionKind.KillSelf or InstructionKind.Exit);

    private static bool KillsParent(Instruction instruction) =>
        instruction.Kind == InstructionKind.Wait && instruction.Acts.FirstOrDefault(IsKill) == Act.KillParent;

    private static bool IsKill(Act act) => act is Act.Kill or Act.Force or Act.KillParent;

    /// <summary>The payload of a signal.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">How many of that name its sender has sent, with this one.</param>
    /// <returns>The payload.</returns>
    public static string PayloadOf(string name, int number) => $"{name}#{number}";
}

using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>The model by itself.</summary>
public sealed class ReferenceTests
{
    private static readonly Instruction Work = new();
    private static readonly Instruction Death = new() { Kind = InstructionKind.Wait, Acts = [Act.KillParent] };

    [Fact]
    public void Signals_OfOneName_AreTakenInTheirOrder()
    {
        var wait = new Instruction { Kind = InstructionKind.Wait };

        var expected = Reference.Of(
            Of(
                wait,
                wait,
                new Instruction
                {
                    Kind = InstructionKind.Wait,
                    Plan = SignalPlan.Never,
                    Timeout = true,
                }));

        expected.Notes.Select(static note => note.Allowed.ShouldHaveSingleItem()).ShouldBe(["a#1", "a#2", "timeout"]);
        expected.End.ShouldBe(ExpectedEnd.Success);
    }

    [Theory]
    [InlineData(ProgramShape.Machine, Mend.Retry, "Excepted 12", 1)]
    [InlineData(ProgramShape.MendedMachine, Mend.Retry, "Finished 0", 3)]
    [InlineData(ProgramShape.MendedMachine, Mend.Skip, "Finished 0", 2)]
    [InlineData(ProgramShape.MendedChain, Mend.Kill, "Killed 10", 1)]
    public void WorkThatAlwaysFails_EndsAsItsShapeSays(ProgramShape shape, Mend mend, string end, int notes)
    {
        var expected = Reference.Of(
            Of(Work, Work with { Fails = Instruction.Always, Mend = mend }, Work) with
            {
                Shape = shape,
            });

        expected.End.ToString().ShouldBe(end);
        expected.Notes.Count.ShouldBe(notes);
    }

    [Fact]
    public void ChildThatHasItsParentKilled_LeavesItOpenHowFarItsSiblingComes()
    {
        var expected = Reference.Of(
            Of(new Instruction { Kind = InstructionKind.Children, Children = [Of(Death), Of(Work)] }, Work));

        expected.End.ShouldBe(ExpectedEnd.Killed);
        expected.Notes.ShouldBeEmpty();
        expected.Groups.ShouldHaveSingleItem().Select(static child => child.MayBeKilled).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData("Finished", 0, "done", true)]
    [InlineData("Killed", 10, null, false)]
    [InlineData("Finished", 100, "done", false)]
    [InlineData("Finished", 0, "twice", false)]
    [InlineData("Finished", 0, null, false)]
    public void Judge_OfAProgramThatIsNotKilled_AllowsItsEndOnly(
        string state,
        int exitCode,
        string? note,
        bool isAllowed)
    {
        var faults = Judge.FaultsOf(Reference.Of(Of(Work)), Seen(state, exitCode, note is null ? [] : [("i0", note)]));

        faults.Any().ShouldBe(!isAllowed, string.Join(", ", faults));
    }

    [Fact]
    public void Judge_OfAProgramThatRacesAKill_AllowsWhatItHadDone()
    {
        var expected = Reference.Of(Of(Work, Work) with { Meddlings = [new Meddling(1, Act.Kill)] });

        Judge.FaultsOf(expected, Seen("Killed", 10, [("i0", "done")])).ShouldBeEmpty();
        Judge.FaultsOf(expected, Seen("Killed", 10, [("i1", "done")])).ShouldNotBeEmpty();
        Judge.FaultsOf(expected, Seen("Finished", 0, [("i0", "done")])).ShouldNotBeEmpty();
    }

    private static RandomProgram Of(params IReadOnlyList<Instruction> instructions) =>
        new() { Instructions = instructions };

    private static Observed Seen(string state, int exitCode, IReadOnlyList<(string Key, string Text)> notes) => new()
    {
        Id = "p",
        State = state,
        ExitCode = exitCode,
        Notes = notes.ToDictionary(static note => note.Key, static note => note.Text),
        Reach = 0,
        Groups = [],
    };
}

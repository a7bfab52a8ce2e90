using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;
using Orleans.Workflows.RandomPrograms.Running;

namespace Orleans.Workflows.RandomPrograms.Planted;

/// <summary>What the harness is for: bugs that are planted are found, and made small.</summary>
public sealed class PlantedBugTests
{
    private static readonly ChaosPlan Calm = ChaosPlan.Nothing with { Silos = 1 };

    [Fact]
    public async Task ChildrenTurnedAround_AreFoundAndShrunk()
    {
        await using var attempts = new Attempts(TimeSpan.FromSeconds(5), static store => new PlantedStore(store)
        {
            TurnsChildrenAround = true,
        });
        var settings = new CampaignSettings
        {
            Seed = 7,
            Plan = Calm,
            Duration = TimeSpan.FromMinutes(1),
            Shrinking = TimeSpan.FromMinutes(1),
        };
        var said = new List<string>();

        var failure = await new Campaign(settings, said.Add).RunAsync(attempts);

        failure.ShouldNotBeNull(string.Join(Environment.NewLine, said));
        failure.ShouldContain("OWF_RANDOM_SEED=");
        failure.ShouldContain("OWF_RANDOM_PROGRAM='");
        var smallest = ProgramText.Read(
            said[^1][
                said[^1].IndexOf('{', StringComparison.Ordinal)..said[^1]
                    .IndexOf(Environment.NewLine, StringComparison.Ordinal)
            ]);
        smallest.Instructions.ShouldHaveSingleItem(failure).Children.Count.ShouldBe(2, failure);
        smallest.Size().ShouldBeLessThanOrEqualTo(4, failure);
    }

    [Fact]
    public async Task EndsOfChildrenLost_LeaveAParentThatIsFoundStuck()
    {
        await using var attempts = new Attempts(TimeSpan.FromSeconds(2), static store => new PlantedStore(store)
        {
            LosesEnds = true,
        });
        var parent = new RandomProgram
        {
            Instructions = [new Instruction { Kind = InstructionKind.Children, Children = [new RandomProgram()] }],
        };

        var report = await attempts.RunAsync([new RandomProgram(), parent], Calm, seed: 1);

        report.IsStuck.ShouldBeTrue();
        report.Failed.ShouldHaveSingleItem().ShouldBe(parent);
        report.Faults.ShouldContain(static fault =>
            fault.Contains("is stuck: Waiting at the instruction 0")
            && fault.Contains("1 of 1 children of step 1 to end"));
    }

    [Fact]
    public async Task SignalDeliveredTwice_IsFound()
    {
        await using var attempts = new Attempts(TimeSpan.FromSeconds(5), static store => new PlantedStore(store)
        {
            ForgetsMarks = true,
        });
        var wait = new Instruction { Kind = InstructionKind.Wait, Plan = SignalPlan.Early };
        var program = new RandomProgram { Instructions = [wait, new Instruction { Takes = 5 }, wait] };

        var report = await attempts.RunAsync(
            [.. Enumerable.Repeat(ProgramRules.Bend(program), 20)],
            Calm with
            {
                Kinds = [FaultKind.LostReply],
            },
            seed: 1);

        report.Faults.ShouldContain(static fault => fault.Contains("has the note i2 = 'a#1'; allowed: a#2"));
    }

    [Fact]
    public async Task NoBug_IsFoundWhereThereIsNone()
    {
        await using var attempts = new Attempts(TimeSpan.FromSeconds(5));
        var generator = new Generator(new Random(3));

        var report = await attempts.RunAsync([.. Enumerable.Range(0, 50).Select(_ => generator.Next())], Calm, seed: 3);

        report.Faults.ShouldBeEmpty();
        report.Steps.ShouldBeGreaterThan(100);
    }
}

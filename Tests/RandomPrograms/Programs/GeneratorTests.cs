using Orleans.Workflows.RandomPrograms.Model;

namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>The generator, the rules and the shrinks, over many programs.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public void Programs_OfOneSeed_AreTheSame()
    {
        var (one, other) = (new Generator(new Random(5)), new Generator(new Random(5)));

        for (var n = 0; n < 200; n++)
        {
            ProgramText.Write(one.Next()).ShouldBe(ProgramText.Write(other.Next()));
        }
    }

    [Fact]
    public void Programs_AndWhatTheyShrinkTo_KeepTheRulesAndHaveAMeaning()
    {
        var generator = new Generator(new Random(6));

        for (var n = 0; n < 300; n++)
        {
            var program = generator.Next();
            foreach (var each in Shrinks.Of(program).Prepend(program))
            {
                var text = ProgramText.Write(each);
                ProgramText.Write(ProgramRules.Bend(each)).ShouldBe(text);
                ProgramText.Write(ProgramText.Read(text)).ShouldBe(text);
                Reference.Of(each).Reach.ShouldBeLessThanOrEqualTo(each.Instructions.Count);
            }
        }
    }
}

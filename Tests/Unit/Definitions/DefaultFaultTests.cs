using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>
/// A default that its own port refuses is found at start-up, not by the first who leaves the port out.
/// </summary>
public sealed class DefaultFaultTests
{
    [Fact]
    public void Defaults_ThatTheirOwnPortsRefuse_AreReportedTogether() =>
        OutlineWalk
            .Faults(typeof(Chain<Broken>))
            .ShouldBe([
                "Chain`1: inputs.count: its default 0 is refused by itself: The field Count must be between 1 and 9. "
                + "Give it another default, or make it required.",
                "Chain`1: inputs.name: its default null is refused by itself: null is not allowed. Give it another "
                + "default, or make it required.",
                "Chain`1: inputs.pace: its default 0 is refused by itself: one of Fast is expected. Give it another "
                + "default, or make it required.",
                "Chain`1: inputs.code: its default is refused by itself: The field Code must be a string with a "
                + "maximum length of 8. Give it another default, or make it required.",
                "Chain`1: inputs.names: its default [null] is refused by itself: inputs.names[0]: null is not allowed. "
                + "Give it another default, or make it required.",
                "Chain`1: inputs.parts[*].of: its default 12 is refused by itself: The field Of must be between 1 and "
                + "9. Give it another default, or make it required.",
                "Chain`1: inputs.loose: its default is refused by itself: Operation is not valid due to the current "
                + "state of the object. Give it another default, or make it required.",
            ]);

    [Fact]
    public void Default_OfAnOutput_IsCheckedToo() =>
        OutlineWalk
            .Faults(typeof(Ending))
            .ShouldHaveSingleItem()
            .ShouldStartWith("Ending: outputs.of: its default 12 is refused");

    [Fact]
    public void Defaults_ThatAreSound_OrMustBeGiven_AreNoFaults() =>
        OutlineWalk.Sound(typeof(Chain<Sound>)).ShouldNotBeNull();

    [Theory]
    [InlineData("""{"low":1,"text":"a","again":"a"}""", true)]
    [InlineData("""{"low":1,"text":" ","again":" "}""", false)]
    [InlineData("""{"low":1}""", false)]
    public void PortThatOnlyItsValidatorRequires_IsDescribedAsRequired(string json, bool isSound)
    {
        var definition = OutlineWalk.Sound(typeof(Chain<Sound>));

        definition.Describe().Inputs.Children.Single(static port => port.Name == "text").Required.ShouldBeTrue();
        (definition.CheckInput(System.Text.Encoding.UTF8.GetBytes(json), out _).Count == 0).ShouldBe(isSound);
    }

    [Fact]
    public void DefaultThatIsMadeOfAnotherPort_IsComputed() =>
        OutlineWalk
            .Sound(typeof(Chain<Sound>))
            .Describe()
            .Inputs.Children.Single(static port => port.Name == "high")
            .DefaultIsComputed.ShouldBeTrue();

    private enum Pace
    {
        Fast = 1,
    }

    [Flags]
    private enum Sides
    {
        Left = 1,
    }

    private sealed record Broken
    {
        [Range(1, 9)]
        public int Count { get; init; }

        public string Name { get; init; } = null!;

        public Pace Pace { get; init; }

        [StringLength(8)]
        public string Code { get; init; } = $"{Guid.NewGuid()}";

        public List<string> Names { get; init; } = [null!];

        public List<Part> Parts { get; init; } = [];

        public JsonElement Loose { get; init; }
    }

    private sealed record Part([property: Range(1, 9)] int Of = 12);

    private sealed record Sound(int Low)
    {
        [Required]
        public string? Note { get; init; } = "x";

        [Required]
        public string Text { get; init; } = "";

        [Range(1, 9)]
        public int? Count { get; init; }

        [Range(2, 9)]
        public int High { get; init; } = Low * 2;

        [Compare(nameof(Text))]
        public string Again { get; init; } = "y";

        [NeedsItsRecord]
        public int Odd { get; init; }

        public Sides Sides { get; init; }

        [MinLength(1)]
        public List<int> Many { get; init; } = [1];
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NeedsItsRecordAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            ((Sound)validationContext.ObjectInstance).Low > 0 ? null : new ValidationResult("Low is low.");
    }

    [Process("chain")]
    private sealed class Chain<TInput> : WorkChain<TInput, Trail, Trail>
    {
        protected override void Define(OutlineBuilder outline) => outline.Return();
    }

    [Process("ending")]
    private sealed class Ending : WorkChain<Sound, Part, Trail>
    {
        protected override void Define(OutlineBuilder outline) => outline.Return();
    }
}

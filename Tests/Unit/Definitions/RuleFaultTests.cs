using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Validators that cannot work are faults at start-up, not failures of the first start.</summary>
public sealed class RuleFaultTests
{
    [Fact]
    public void Validators_ThatCannotWork_AreReportedTogether()
    {
        var faults = OutlineWalk.Faults(typeof(Chain<Broken>));

        faults
            .Select(static fault => fault.Split(':')[1].Trim())
            .Distinct()
            .ShouldBe(
                [
                    "inputs.pattern",
                    "inputs.bounds",
                    "inputs.at",
                    "inputs.price",
                    "inputs.count",
                    "inputs.size",
                    "inputs.mail",
                    "inputs.any",
                    "inputs.again",
                    "inputs.kind",
                    "inputs.message",
                    "inputs.made",
                ],
                ignoreOrder: true,
                customMessage: string.Join(Environment.NewLine, faults));
        faults.ShouldContain(static fault =>
            fault.StartsWith(
                "Chain`1: inputs.pattern: its [RegularExpression (] cannot work: ",
                StringComparison.Ordinal));
        faults.ShouldContain(
            "Chain`1: inputs.at: its [Range 1..9] can compare no DateTime: give bounds of that type, "
            + "[Range(typeof(DateTime), \"…\", \"…\")], or check it in another way.");
        faults.ShouldContain(
            "Chain`1: inputs.size: its [MinLength 1] needs a text or a collection, and a int has no length: take it "
            + "away, or take [Range] for a number.");
        faults.ShouldContain(
            "Chain`1: inputs.again: its [Compare Anything] names 'Anything', which Broken does not have.");
        faults.ShouldContain("Chain`1: inputs.made: its attributes cannot be made: It is made of nothing.");
    }

    [Fact]
    public void Validators_ThatCanWork_AreNoFaults() => OutlineWalk.Sound(typeof(Chain<Sound>)).ShouldNotBeNull();

    [Process("rules")]
    private sealed class Chain<T> : WorkChain<T, Nothing, Nothing>
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Look);

        private Task Look(StepContext step) => Task.CompletedTask;
    }

    private sealed record Broken
    {
        [RegularExpression("(")]
        public string? Pattern { get; init; }

        [Range(9, 1)]
        public int? Bounds { get; init; }

        [Range(1, 9)]
        public DateTime? At { get; init; }

        [Range(typeof(decimal), "0.5", "9.5")]
        public int? Price { get; init; }

        [StringLength(3)]
        public int? Count { get; init; }

        [MinLength(1)]
        public int? Size { get; init; }

        [EmailAddress]
        public int? Mail { get; init; }

        [Range(1, 9)]
        public object? Any { get; init; }

        [Compare("Anything")]
        public string? Again { get; init; }

        [AllowedValues(1, 2)]
        public long? Kind { get; init; }

        [Required(ErrorMessageResourceName = "None", ErrorMessageResourceType = typeof(Broken))]
        public string Message { get; init; } = "there";

        [Throwing]
        public string? Made { get; init; }
    }

    private sealed record Sound
    {
        [RegularExpression("[a-z]+")]
        public string? Pattern { get; init; }

        [Range(1, 9)]
        public decimal? Price { get; init; }

        [Range(1, 9)]
        public string? Digits { get; init; }

        [Range(typeof(DateTime), "2026-01-01", "2027-01-01")]
        public DateTime? At { get; init; }

        [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
        public TimeSpan? Pace { get; init; }

        [MinLength(1)]
        public IReadOnlyList<int>? Items { get; init; }

        [Length(1, 3)]
        public Dictionary<string, int>? Counts { get; init; }

        [MaxLength(3)]
        public byte[]? Bytes { get; init; }

        [Url]
        public Uri? Home { get; init; }

        [Compare(nameof(Pattern))]
        public string? Again { get; init; }

        [AllowedValues("a", "b", null)]
        public string? Kind { get; init; }

        [Picky]
        public JsonElement? Own { get; init; }
    }

    /// <summary>Throws of null, which it never gets: the port is left out, or has a value.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class PickyAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value!.ToString() is not null;
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class ThrowingAttribute : ValidationAttribute
    {
        public ThrowingAttribute() => throw new NotSupportedException("It is made of nothing.");
    }
}

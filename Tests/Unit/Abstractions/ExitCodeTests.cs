namespace Orleans.Workflows.Unit.Abstractions;

public sealed class ExitCodeTests
{
    private static readonly ExitCode NoStock = new(
        410,
        "NO_STOCK",
        "Only {available} of {wanted} are in stock, {available}!");

    [Theory]
    [InlineData(99, "A", "m")]
    [InlineData(100, "", "m")]
    [InlineData(100, "a", "m")]
    [InlineData(100, "1A", "m")]
    [InlineData(100, "A B", "m")]
    [InlineData(100, "A", " ")]
    public void ExitCode_ThatIsNone_IsRefused(int status, string label, string message) =>
        Should.Throw<ArgumentException>(() => new ExitCode(status, label, message));

    [Fact]
    public void Label_OfAHundredAndOneCharacters_IsRefused() =>
        Should
            .Throw<ArgumentException>(() => new ExitCode(100, new string('A', 101), "m"))
            .Message.ShouldContain("1 to 100 capital letters");

    [Fact]
    public void With_FillsEveryPlaceIn()
    {
        NoStock.Arguments.ShouldBe(["available", "wanted"]);

        var filled = NoStock.With(("available", 3.5), ("wanted", null));

        filled.Message.ShouldBe("Only 3.5 of  are in stock, 3.5!");
        filled.Arguments.ShouldBeEmpty();
        filled.ToString().ShouldBe("410 NO_STOCK: Only 3.5 of  are in stock, 3.5!");
        NoStock.Arguments.Count.ShouldBe(2, "the declared one stays as it is");
    }

    [Fact]
    public void With_TextThatLooksLikeAnArgument_TakesItAsText()
    {
        var filled = NoStock.With(("available", "{wanted}"), ("wanted", 5));

        filled.Message.ShouldBe("Only {wanted} of 5 are in stock, {wanted}!");
        filled.Arguments.ShouldBeEmpty();
        filled.With().Message.ShouldBe(filled.Message);
    }

    [Fact]
    public void With_MissingAndUnknownArguments_SaysWhich()
    {
        var fault = Should.Throw<ArgumentException>(() => NoStock.With(("wanted", 5), ("color", "red"))).Message;

        fault.ShouldContain("has no argument [color] and needs [available]");
        Should.Throw<ArgumentNullException>(() => NoStock.With(null!));
    }

    [Fact]
    public void LabelOf_EveryExitCodeOfTheEngine_IsItsName()
    {
        var codes = typeof(EngineExitCodes)
            .GetFields()
            .Where(static field =>
                field.IsLiteral
                && field.Name is not (nameof(EngineExitCodes.Success) or nameof(EngineExitCodes.FirstOfDefinitions)));

        foreach (var code in codes)
        {
            EngineExitCodes
                .LabelOf((int)code.GetRawConstantValue()!)!
                .Replace("_", "", StringComparison.Ordinal)
                .ShouldBe(code.Name.ToUpperInvariant());
        }

        EngineExitCodes.LabelOf(EngineExitCodes.Success).ShouldBeNull();
        EngineExitCodes.LabelOf(99).ShouldBeNull();
    }
}

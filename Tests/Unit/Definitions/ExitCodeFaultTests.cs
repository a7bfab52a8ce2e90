namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Exit codes that a definition declares, and those that it cannot declare.</summary>
public sealed class ExitCodeFaultTests
{
    [Fact]
    public void ExitCodes_WithFaultsOfEveryKind_AreReportedTogether() =>
        OutlineWalk
            .Faults(typeof(Everything))
            .ShouldBe(
                [
                    "Everything: ONE and ONE_TOO have the same exit code 400; give one of them another number.",
                    "Everything: the exit codes 401 and 402 have the same label TWICE; give one of them another label.",
                    "Everything: its outline returns ELSEWHERE, which it does not declare: make it a public static "
                    + "readonly field of the class, or name its class by [ExitCodes(…)].",
                    "Everything: the return with FILLED has a message with arguments; give a method that fills them in "
                    + "by With(…).",
                ],
                ignoreOrder: true);

    [Theory]
    [InlineData(typeof(TooLow), "TooLow: the exit codes of LowCodes cannot be made: ")]
    [InlineData(typeof(WithNull), "WithNull: the exit codes of NullCodes cannot be made: Missing is null.")]
    [InlineData(typeof(OfAnOpenType), "OfAnOpenType: the exit codes of OpenCodes`1 cannot be made: ")]
    public void ExitCodes_ThatCannotBeMade_AreAFault(Type type, string fault) =>
        OutlineWalk.Faults(type).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void ExitCodes_OfBaseClassesAndNamedOnes_AreDeclared() =>
        OutlineWalk
            .Sound(typeof(Derived))
            .ExitCodes.Values.Select(static code => $"{code.Status} {code.Label}")
            .ShouldBe(["400 ONE", "403 FILLED", "404 ELSEWHERE"], ignoreOrder: true);

    [Fact]
    public async Task Return_OfADeclaredCodeThatIsFilledInAtOnce_IsSound() =>
        (await OutlineWalk.PathAsync(typeof(FilledAtOnce))).ShouldBe("A exit 403");

    private static class LowCodes
    {
        public static ExitCode Low => new(99, "LOW", "Too low.");
    }

    private static class NullCodes
    {
        public static readonly ExitCode Missing = null!;
    }

    private static class OpenCodes<T>
    {
        public static readonly ExitCode Open = new(405, "OPEN", typeof(T).Name);
    }

    private static class OtherCodes
    {
        public static readonly ExitCode Elsewhere = new(404, "ELSEWHERE", "It is elsewhere.");
    }

    [Process("f")]
    private sealed class Everything : Chain
    {
        public static readonly ExitCode One = new(400, "ONE", "One.");
        public static readonly ExitCode OneToo = new(400, "ONE_TOO", "One too.");
        public static readonly ExitCode Doubled = new(401, "TWICE", "Twice.");
        public static readonly ExitCode TwiceToo = new(402, "TWICE", "Twice too.");
        public static readonly ExitCode Filled = new(403, "FILLED", "With {argument}.");

        protected override void Define(OutlineBuilder outline) => outline
            .Step(A)
            .If(X, then => then.Return(OtherCodes.Elsewhere))
            .If(Y, then => then.Return(Filled).Return(One));
    }

    [Process("f"), ExitCodes(typeof(LowCodes))]
    private sealed class TooLow : Simple;

    [Process("f"), ExitCodes(typeof(NullCodes))]
    private sealed class WithNull : Simple;

    [Process("f"), ExitCodes(typeof(OpenCodes<>))]
    private sealed class OfAnOpenType : Simple;

    [ExitCodes(typeof(OtherCodes))]
    private class Simple : Chain
    {
        public static readonly ExitCode One = new(400, "ONE", "One.");

        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }

    [Process("f")]
    private sealed class Derived : Simple
    {
        public static readonly ExitCode Filled = new(403, "FILLED", "With {argument}.");
    }

    [Process("f")]
    private sealed class FilledAtOnce : Chain
    {
        public static readonly ExitCode Filled = new(403, "FILLED", "With {argument}.");

        protected override void Define(OutlineBuilder outline) =>
            outline.Step(A).Return(Filled.With(("argument", "{text}")));
    }
}

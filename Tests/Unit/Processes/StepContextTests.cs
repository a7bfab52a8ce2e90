using Microsoft.Extensions.Logging.Abstractions;

namespace Orleans.Workflows.Unit.Processes;

public sealed class StepContextTests
{
    [Theory]
    [InlineData("packed 3 of 7", "packed 3 of 7")]
    [InlineData("", "")]
    public void SetStatus_Text_IsKept(string text, string kept) => SetStatus(text).ShouldBe(kept);

    [Fact]
    public void SetStatus_LongText_IsCutBetweenCharacters()
    {
        SetStatus(new string('x', 2_000)).ShouldBe(new string('x', 1_000));
        SetStatus(new string('x', 999) + "\U0001F600" + "more").ShouldBe(new string('x', 999));
        SetStatus(new string('x', 998) + "\U0001F600" + "more").ShouldBe(new string('x', 998) + "\U0001F600");
    }

    [Fact]
    public void SetStatus_TextThatNoDatabaseKeeps_Throws()
    {
        Should.Throw<ArgumentException>(() => SetStatus("a\0")).Message.ShouldContain("U+0000 at index 1");
        Should.Throw<ArgumentException>(() => SetStatus("\udc00b")).Message.ShouldContain("surrogate pair at index 0");
    }

    [Fact]
    public void NewId_IsMadeOfTheIdempotencyKeyAndTheName_AndNeverChanges()
    {
        var id = Step(stepNumber: 3).NewId("invoice");

        id.Value.ShouldBe("690559818d25db30b775548a9e0720ed", "the attempts of a step may run under two releases");
        Step(stepNumber: 3, attempt: 2).NewId("invoice").ShouldBe(id);
        Step(stepNumber: 4).NewId("invoice").ShouldNotBe(id);
        Step(stepNumber: 3).NewId("receipt").ShouldNotBe(id);
        Should.Throw<ArgumentException>(() => Step(stepNumber: 3).NewId(""));
    }

    private static string? SetStatus(string text)
    {
        var step = Step(stepNumber: 0);
        step.SetStatus(text);
        return step.StatusText;
    }

    private static StepContext Step(int stepNumber, int attempt = 1) =>
        new(static () => StopReason.None)
        {
            ProcessId = ProcessId.Parse("p"),
            RunId = "run-1",
            Root = ProcessId.Parse("p"),
            Position = "First",
            StepNumber = stepNumber,
            Attempt = attempt,
            Tags = new Dictionary<string, string>(),
            Logger = NullLogger.Instance,
            TimeProvider = TimeProvider.System,
            CancellationToken = CancellationToken.None,
        };
}

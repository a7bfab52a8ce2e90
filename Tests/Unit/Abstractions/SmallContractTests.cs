using System.Text.Json;

namespace Orleans.Workflows.Unit.Abstractions;

/// <summary>The small types of the contracts: what they say where something is left out.</summary>
public sealed class SmallContractTests
{
    [Theory]
    [InlineData("inputs.amount: a value is required.", "inputs.amount", "a value is required.")]
    [InlineData("a value is required.", "", "a value is required.")]
    public void PortFault_IsALineTakenApart(string line, string path, string text)
    {
        var fault = PortFault.Parse(line);

        fault.ShouldBe(new PortFault(path, text));
        fault.ToString().ShouldBe(line);
    }

    [Fact]
    public void FailureException_SaysWhatIsKnown()
    {
        var failure = new FailureInfo { Type = "Odd", Message = "no" };

        new FailureException("made without one").ToString().ShouldContain("made without one");
        new FailureException(failure).ToString().ShouldBe("Odd: no");
        new FailureException(failure with { StackTrace = "at Here" })
            .ToString()
            .ShouldBe($"Odd: no{Environment.NewLine}at Here");
    }

    [Fact]
    public void ProcessFailedException_NeedsItsOutcome() =>
        Should.Throw<ArgumentNullException>(() => new ProcessFailedException("It failed.", outcome: null!));

    [Fact]
    public void ExitCode_WithAnArgumentThatHasNoText_HasAnEmptyOne() =>
        new ExitCode(400, "MOVED", "It has moved to '{place}'.")
            .With(("place", new Silent()))
            .Message.ShouldBe("It has moved to ''.");

    [Fact]
    public void Outcome_WithoutOutput_IsReadAsNullAndNeverAsAValue()
    {
        var outcome = new ProcessOutcome
        {
            Id = ProcessId.Parse("p"),
            State = ProcessState.Killed,
            ExitCode = 1,
            FinishedAt = DateTimeOffset.UnixEpoch,
        };

        outcome.ReadOutput<string>().ShouldBeNull();
        outcome.ReadOutput<int?>().ShouldBeNull();
        Should.Throw<PayloadException>(() => outcome.ReadOutput<int>()).Message.ShouldBe(
            "The process p has no output, and a System.Int32 cannot be null: read it as a Int32?, or look at Output "
            + "first.");
        (outcome with { Output = "\"done\""u8.ToArray() }).ReadOutput<string>().ShouldBe("done");
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", true)]
    [InlineData("2026-01-31T12:00:00+05:30", true)]
    [InlineData("2026-01-31T12:00:00", true)]
    [InlineData("noon", false)]
    public void Time_AsAKey_IsReadWithItsZone_OrAsUtc(string key, bool isTime)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, int> { [key] = 1 });

        if (isTime)
        {
            WorkflowJson
                .Read<Dictionary<DateTimeOffset, int>>(json, "times")!
                .Keys.ShouldHaveSingleItem()
                .Year.ShouldBe(2026);
        }
        else
        {
            Should
                .Throw<PayloadException>(() => WorkflowJson.Read<Dictionary<DateTimeOffset, int>>(json, "times"))
                .Message.ShouldContain("'noon' is no time.");
        }
    }

    [Fact]
    public void ProcessId_ThatWasNeverSet_IsWrittenAndReadBack()
    {
        var json = WorkflowJson.Write(new Holder(default, ProcessId.Parse("p-1")), "holder");

        WorkflowJson.Read<Holder>(json, "holder").ShouldBe(new Holder(default, ProcessId.Parse("p-1")));
        Should
            .Throw<PayloadException>(() => WorkflowJson.Read<Holder>("""{"unset":"a b","set":"p-1"}"""u8, "holder"))
            .Message.ShouldContain("The text is not a process id.");
    }

    [Theory]
    [InlineData("Orders.Api", "Orders.Api")]
    [InlineData("my app-1_x", "my app-1_x")]
    [InlineData("../evil", "_.._evil")]
    [InlineData("a:b\\c", "a_b_c")]
    public void DataFolder_OfAnApplication_IsOneFolderBelowThoseOfAll(string application, string name) =>
        EmbeddedSilo.DefaultDataFolder(application).ShouldBe(Path.Combine(EmbeddedSilo.DataFolders, name));

    private sealed record Holder(ProcessId Unset, ProcessId Set);

    private sealed class Silent
    {
        public override string? ToString() => null;
    }
}

using System.Text;
using System.Text.Json;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>What is stored: it reads as it was written, and what was stored once stays readable.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public void Checkpoint_WithEverything_ReadsAsItWasWritten()
    {
        var checkpoint = new Checkpoint
        {
            Position = "While/Pack",
            Args = A.Json("{ \"n\": 1.50, \"s\": \"ä\" }"),
            ResultsOf = 0,
            Context = A.Json("[]"),
            Step = 7,
            Attempt = 3,
            Failures = 1,
            Crashes = 1,
            Released = true,
            Wait = new WaitState.Children { Then = "OnChildren", Step = 6, Count = 2, Left = 1, Until = A.Noon },
            Deadline = A.Noon.AddTicks(1),
            Incident = new Incident
            {
                Code = IncidentCode.CrashLoop,
                Text = "t",
                Attempts = 3,
                OpenedAt = A.Noon,
                Remedy = "r",
            },
            StatusBeforePause = "s",
            HasChildren = true,
        };

        Checkpoint.Read(checkpoint.Write()).ShouldBe(checkpoint);
    }

    [Fact]
    public void Checkpoint_OfTheFirstRelease_IsStillRead()
    {
        const string Stored =
            """{"format":1,"position":"Charge","args":{"n":1},"resultsOf":2,"context":{"a":1},"step":3,"attempt":2,"failures":1,"crashes":1,"released":true,"wait":{"kind":2,"then":"OnSignal","signal":"paid","until":"2026-03-01T12:00:00+00:00","onTimeout":"Late"},"deadline":"2026-03-01T13:00:00+00:00","statusBeforePause":"s","hasChildren":true}""";

        var checkpoint = Checkpoint.Read(Encoding.UTF8.GetBytes(Stored));

        Encoding.UTF8.GetString(checkpoint.Write()).ShouldBe(Stored);
        checkpoint.ShouldSatisfyAllConditions(
            read => read.Position.ShouldBe("Charge"),
            read => read.Wait.ShouldBeOfType<WaitState.Signal>().Name.ShouldBe("paid"),
            read => read.Args.ShouldBe(A.Json("{\"n\":1}")));
    }

    [Fact]
    public void Checkpoint_WithAnUnknownField_IsRead() =>
        Checkpoint.Read("""{"position":"x","later":1}"""u8.ToArray()).Position.ShouldBe("x");

    [Fact]
    public void Checkpoint_OfALaterFormat_IsWrittenBackWithWhatItHasMore()
    {
        const string Stored =
            """{"format":99,"position":"x","wait":{"kind":77,"then":"y","until":"2026-03-01T12:00:00+00:00","nested":[1]},"more":{"a":1}}""";

        var checkpoint = Checkpoint.Read(Encoding.UTF8.GetBytes(Stored)) with { Interrupted = true };

        using var written = JsonDocument.Parse(checkpoint.Write());
        written.RootElement.GetProperty("more").GetRawText().ShouldBe("""{"a":1}""");
        written.RootElement.GetProperty("wait").GetProperty("nested").GetRawText().ShouldBe("[1]");
        written.RootElement.GetProperty("interrupted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Checkpoint_WithAnEditedInput_NeedsASiloThatKnowsIt()
    {
        var edited = new Checkpoint { Input = A.Json("{\"n\":1}") };

        edited.NeededFormat.ShouldBe(4);
        Checkpoint.Read((edited with { Format = 4 }).Write()).Input.ShouldBe(edited.Input);
        new Checkpoint().NeededFormat.ShouldBe(2);
        Encoding.UTF8.GetString(new Checkpoint().Write()).ShouldNotContain("input");
    }

    [Fact]
    public void Checkpoint_OfALaterFormatThatCannotBeRead_IsWrittenBackAsItIs()
    {
        var stored = """{"position":["other"],"format":99}"""u8.ToArray();

        var checkpoint = Checkpoint.Read(stored);

        checkpoint.Format.ShouldBe(99);
        (checkpoint with { Attempt = 7 }).Write().ShouldBe(stored);
    }

    [Fact]
    public void Checkpoint_WithoutAnAttempt_CanHaveAnIncident()
    {
        var incident = new Incident
        {
            Code = IncidentCode.NotRunnable,
            Text = "t",
            Attempts = Checkpoint.Read("""{"position":"x"}"""u8.ToArray()).Attempt,
            OpenedAt = A.Noon,
            Remedy = "r",
        };

        Checkpoint.Read(new Checkpoint { Incident = incident }.Write()).Incident.ShouldBe(incident);
    }

    [Theory]
    [InlineData("""{"position":null}""")]
    [InlineData("""{"position":"x","wait":{"kind":99,"then":"y"}}""")]
    [InlineData("""{"position":"x","wait":{"kind":2,"then":null}}""")]
    [InlineData("""{"position":"x","resultIds":{"0":"//"}}""")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("x")]
    [InlineData("")]
    public void Checkpoint_ThatNoVersionHasWritten_IsAJsonException(string stored) =>
        Should.Throw<JsonException>(() => Checkpoint.Read(Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void Checkpoint_WithANullArgument_ReadsAsItWasWritten()
    {
        var checkpoint = new Checkpoint { Args = A.Json("null") };

        Checkpoint
            .Read(checkpoint.Write())
            .Args.ShouldBe(A.Json("null"), "the step gets the same argument before and after a crash");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"step\":\"x\"}")]
    [InlineData("{\"wait\":{}}")]
    public void Checkpoint_ThatIsNone_IsAJsonException(string stored) =>
        Should.Throw<JsonException>(() => Checkpoint.Read(Encoding.UTF8.GetBytes(stored)));

    [Fact]
    public void Ending_ReadsAsItWasWritten()
    {
        var ending = new Ending { Message = "no stock", Failure = A.Failure() };

        Ending.Read(ending.Write()).ShouldBe(ending);
        new Ending().Write().ShouldBeNull();
        Ending.Read(null).ShouldBe(new Ending());
    }

    [Fact]
    public void Ending_ThatCannotBeRead_SaysSo() =>
        Ending.Read("{"u8.ToArray()).Message.ShouldBe("The stored reason cannot be read.");

    [Fact]
    public void Explanation_OfEveryState_IsASentence()
    {
        var machine = Machine.Start(delay: TimeSpan.FromMinutes(1));
        machine.Explanation.ShouldBe("The time of its start, 2026-03-01T12:01:00.0000000+00:00.");
        machine.After(TimeSpan.FromMinutes(1));
        machine.Explanation.ShouldBe("The end of the step 'First', attempt 1, on silo silo-1:1.");
        machine.Return(A.AwaitSignal(timeout: TimeSpan.FromMinutes(1)));
        machine.Explanation.ShouldBe("The signal 'paid', until 2026-03-01T12:02:00.0000000+00:00.");
        machine.Signal();
        machine.Return(new Directive.AwaitTime(TimeSpan.FromMinutes(1), "OnTime"));
        machine.Explanation.ShouldBe("The time 2026-03-01T12:02:00.0000000+00:00.");
        machine.After(TimeSpan.FromMinutes(1));
        machine.Send(MessageKind.Kill);
        machine.Explanation.ShouldBe("The end of the step 'OnTime', to be killed.");
        machine.Return(A.Next());
        machine.Explanation.ShouldBe("Nothing: it is Killed with exit code 10 (killed).");
    }
}

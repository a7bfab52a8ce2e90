using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Serialization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Running;

public sealed class StartChecksTests
{
    private static readonly ProcessDefinition Definition = OutlineWalk.Sound(typeof(Ship));

    [Fact]
    public void Start_ThatIsSound_IsNotRefused() => Refuse("""{"to":"Bern","weight":3}""").ShouldBeNull();

    [Theory]
    [InlineData(
        """{"to":"","weight":30}""",
        "inputs.to: The To field is required.|inputs.weight: The field Weight must be between 1 and 9."
    )]
    [InlineData(
        """{"weight":"heavy","wait":1}""",
        "inputs.to: a value is required.|inputs.weight: a whole number from -2147483648 to 2147483647 is expected, not "
        + "text.|inputs.wait: there is no such port"
    )]
    [InlineData("{}", "inputs.to: a value is required.|inputs.weight: a value is required.")]
    [InlineData("null", "inputs: a value is required.")]
    [InlineData("", "inputs: ")]
    [InlineData("""{"to":"Bern","weight":3,"how":{"$type":"swim"}}""", "inputs")]
    [InlineData("""{"to":"Bern","weight":3,"how":{}}""", "inputs")]
    [InlineData("""{"to":"Bern","weight":3,"when":{"hour":25}}""", "inputs")]
    public void Start_WithAnInputThatIsNotValid_SaysEveryFault(string input, string faults)
    {
        var reply = Refuse(input).ShouldNotBeNull();

        reply.Status.ShouldBe(StartStatus.InvalidInput);
        string.Join('|', reply.Faults).ShouldStartWith(faults);
    }

    [Fact]
    public void Existing_WithTheSameRequest_GetsTheFirstAnswer()
    {
        var machine = Machine.Waiting(A.End());

        StartChecks
            .Existing(A.Start(), machine.State)
            .ShouldBe(
                new StartReply
                {
                    Status = StartStatus.Created,
                    State = ProcessState.Finished,
                    Outcome = machine.State.Outcome,
                });
        StartChecks
            .Existing(A.Start() with { RequestId = "other" }, machine.State)
            .ShouldSatisfyAllConditions(
                reply => reply.Status.ShouldBe(StartStatus.AlreadyExists),
                reply => reply.Type.ShouldBeNull("what was asked for costs no byte"));
        StartChecks
            .Existing(A.Start() with { RequestId = "other", Type = "invoice" }, machine.State)
            .Type.ShouldBe("order");
        StartChecks.Existing(A.Start(), null).Status.ShouldBe(StartStatus.Unavailable);
    }

    [Theory]
    [InlineData(CommitStatus.Overloaded, StartStatus.Overloaded)]
    [InlineData(CommitStatus.Unavailable, StartStatus.Unavailable)]
    [InlineData(CommitStatus.Rejected, StartStatus.Rejected)]
    public void Failed_SaysWhatTheStoreSaid(CommitStatus stored, StartStatus answered) =>
        StartChecks.Failed(CommitResult.Failed(stored, "disk full")).Status.ShouldBe(answered);

    private static StartReply? Refuse(string input) => StartChecks.Refuse(Request(input), Definition, out _);

    private static StartRequest Request(string input) =>
        A.Start() with
        {
            Type = "ship",
            Input = Encoding.UTF8.GetBytes(input),
        };

    private sealed record Parcel(
        [property: Required] string To,
        [property: Range(1, 9)] int Weight,
        Way? How = null,
        Clock? When = null);

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Road), "road")]
    private abstract record Way;

    private sealed record Road : Way;

    private sealed record Clock
    {
        public Clock(int hour)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(hour, 23);
            Hour = hour;
        }

        public int Hour { get; }
    }

    [Process("ship")]
    private sealed class Ship : WorkChain<Parcel, Nothing, Trail>
    {
        protected override Nothing CreateOutput() => new();

        protected override void Define(OutlineBuilder outline) => outline.Delay(TimeSpan.FromSeconds(1));
    }
}

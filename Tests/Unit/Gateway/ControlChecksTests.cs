using System.Text;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>Which changes of an input are refused before anything is stored.</summary>
public sealed class ControlChecksTests
{
    private static readonly DefinitionRegistry Registry = new([OutlineWalk.Sound(typeof(Ordered))]);

    [Theory]
    [InlineData("""{"amount":13}""")]
    [InlineData("""{"parts":null}""")]
    [InlineData("""{"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""")]
    public void EditInput_ThatTheDefinitionTakes_IsStored(string patch) => RefusalOf(patch, Stored).ShouldBeNull();

    [Theory]
    [InlineData("""{"amout":13}""", "inputs.amout: there is no such port")]
    [InlineData("""{"amount":"many"}""", "inputs.amount: ")]
    [InlineData("""{"amount":null}""", "inputs.amount: a value is required.")]
    [InlineData("""{"ticket":null}""", "inputs.ticket: its default is another one each time; give it a value.")]
    [InlineData("""{"amount":13.0}""", "inputs.amount: ")]
    [InlineData("7", "inputs: ")]
    public void EditInput_ThatAStartWouldNotTake_IsRefusedWithThePath(string patch, string fault) =>
        RefusalOf(patch, Stored).ShouldNotBeNull().ShouldSatisfyAllConditions(
            reply => reply.Control.ShouldBe(ControlStatus.RefusedNotPaused),
            reply => reply.Faults.ShouldHaveSingleItem().ShouldContain(fault));

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public void EditInput_OfOneThatIsNoObject_IsTheWholeInput(string stored)
    {
        RefusalOf("""{"amount":13,"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""", stored).ShouldBeNull();
        RefusalOf("""{"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""", stored).ShouldNotBeNull()
            .Faults.ShouldHaveSingleItem().ShouldContain("inputs.amount");
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, true)]
    [InlineData(63, false)]
    public void EditInput_AsDeepAsACheckpointCanHaveIt_IsStored_AndOneDeeperNot(int depth, bool isStored)
    {
        var patch = $$$"""{"parts":{"a":{{{new string('[', depth)}}}{{{new string(']', depth)}}} } }""";

        (RefusalOf(patch, Stored) is null).ShouldBe(isStored);

        if (isStored)
        {
            var changed = MergePatch.ApplyToInput(Encoding.UTF8.GetBytes(Stored), Encoding.UTF8.GetBytes(patch));
            var edited = new Checkpoint { Input = new RawJson(changed) };
            Checkpoint.Read(edited.Write()).Input.ShouldBe(edited.Input);
        }
    }

    [Fact]
    public void EditInput_WhereNoSiloHasTheType_IsRefused() =>
        ControlChecks.Refuse(Request("{}"), Loaded(Stored), new DefinitionRegistry([])).ShouldNotBeNull()
            .Faults.ShouldHaveSingleItem().ShouldContain("does not have the type 'order'");

    [Fact]
    public void EditInput_OfAProcessThatIsNotPaused_IsRefused() =>
        ControlChecks.Refuse(Request("{}"), new LoadedProcess(Machine.Start().Row, []), Registry).ShouldNotBeNull()
            .Control.ShouldBe(ControlStatus.RefusedNotPaused);

    private const string Stored = """{"amount":12,"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff","parts":{}}""";

    private static MessageReply? RefusalOf(string patch, string stored) =>
        ControlChecks.Refuse(Request(patch), Loaded(stored), Registry);

    private static LoadedProcess Loaded(string input) =>
        new(Machine.Start(paused: true).Row with { Input = Encoding.UTF8.GetBytes(input) }, []);

    private static MessageRequest Request(string patch) =>
        new() { Receiver = A.Id, MessageId = "edit-1", Kind = MessageKind.EditInput, Payload = Encoding.UTF8.GetBytes(patch) };

    /// <summary>An order.</summary>
    /// <param name="Amount">Required.</param>
    private sealed record OrderInput(int Amount)
    {
        /// <summary>A computed default.</summary>
        public Guid Ticket { get; init; } = Guid.NewGuid();

        /// <summary>A port with a default, of any depth.</summary>
        public Dictionary<string, System.Text.Json.JsonElement> Parts { get; init; } = [];
    }

    [Process("order")]
    private sealed class Ordered : Process<OrderInput, OrderInput>
    {
        protected internal override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish(Input));
    }
}

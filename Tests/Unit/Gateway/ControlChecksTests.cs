using System.Text;
using System.Text.Json;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Unit.Definitions;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Gateway;

/// <summary>Which changes of an input are refused before anything is stored.</summary>
public sealed class ControlChecksTests
{
    private static readonly DefinitionRegistry Registry = new([
        OutlineWalk.Sound(typeof(Ordered)),
        OutlineWalk.Sound(typeof(Shipped)),
    ]);

    [Theory]
    [InlineData("""{"amount":13}""")]
    [InlineData("""{"parts":null}""")]
    [InlineData("""{"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""")]
    public void EditInput_ThatTheDefinitionTakes_IsStored(string patch) => RefusalOf(patch, Stored).ShouldBeNull();

    [Theory]
    [InlineData("""{"amout":13}""", "inputs.amout: there is no such port")]
    [InlineData("""{"amount":"many"}""", "inputs.amount: ")]
    [InlineData("""{"amount":null}""", "inputs.amount: a value is required.")]
    [InlineData("""{"amount":13,"Amount":14}""", "inputs.Amount: ")]
    [InlineData("""{"amount":13.5}""", "inputs.amount: ")]
    [InlineData("7", "inputs: ")]
    public void EditInput_ThatAStartWouldNotTake_IsRefusedWithThePath(string patch, string fault) =>
        RefusalOf(patch, Stored).ShouldNotBeNull().ShouldSatisfyAllConditions(
            reply => reply.Control.ShouldBe(ControlStatus.RefusedNotPaused),
            reply => reply.Faults[0].ShouldStartWith("The changed input is not valid: "),
            reply => reply.Faults.Skip(1).ShouldHaveSingleItem().ShouldContain(fault));

    /// <summary>The text for older clients, and each fault by its path for those that show them.</summary>
    [Theory]
    [InlineData(
        MessageKind.EditInput,
        """{"amount":"many","amout":1}""",
        "The changed input is not valid: ",
        "inputs.amount",
        "inputs.amout")]
    [InlineData(
        MessageKind.Edit,
        """{"count":"many","rate":[],"cuont":1}""",
        "The changed context is not one of the definition: ",
        "context.count",
        "context.rate",
        "context.cuont")]
    public void Edit_WithSeveralFaults_NamesEachByItsPath(
        MessageKind kind,
        string patch,
        string text,
        params string[] paths)
    {
        var row = Loaded(Stored) with
        {
            Type = kind == MessageKind.Edit ? "chain" : "order",
            Checkpoint = new Checkpoint { Position = "Ship", Context = A.Json("""{"count":1}""") }.Write(),
        };

        var faults = ControlChecks.Refuse(Request(patch) with { Kind = kind }, row, Registry).ShouldNotBeNull().Faults;

        faults[0].ShouldBe(text + string.Join(" ", faults.Skip(1)));
        faults.Skip(1).Select(static fault => PortFault.Parse(fault).Path).ShouldBe(paths, ignoreOrder: true);
    }

    /// <summary>
    /// One way in, the same rules: numbers, names in any case, and defaults are stored as a start stores them.
    /// </summary>
    [Theory]
    [InlineData("""{"amount":13.0}""", """{"amount":13}""")]
    [InlineData("""{"AMOUNT":1.3e1,"Parts":{"Left":1.0}}""", """{"amount":13,"parts":{"Left":1.0}}""")]
    [InlineData("""{"amount":12}""", "{}")]
    [InlineData("""{"parts":{"a":{"b":null}}}""", """{"parts":{"a":{}}}""")]
    public void EditInput_IsStoredAsAStartIs(string patch, string stored)
    {
        RefusalOf(patch, Stored).ShouldBeNull();

        Completed(patch, Stored).ShouldBe(stored);
    }

    [Fact]
    public void EditInput_WithoutAValueForAComputedDefault_KeepsOneForGood()
    {
        RefusalOf("""{"ticket":null}""", Stored).ShouldBeNull();

        var patch = JsonDocument.Parse(Completed("""{"ticket":null}""", Stored)).RootElement;

        patch.GetProperty("ticket").GetGuid().ShouldNotBe(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"));
    }

    [Theory]
    [InlineData("""{"amount":12.0,"parts":{}}""", """{"parts":{"a":1}}""")]
    [InlineData("""{"Amount":12,"more":[1]}""", """{"more":null}""")]
    [InlineData("\"text\"", """{"amount":12}""")]
    public void EditInput_OfWhatAStartWouldNotHaveStored_MendsIt(string stored, string patch)
    {
        var changed = MergePatch.ApplyToInput(
            Encoding.UTF8.GetBytes(stored),
            Encoding.UTF8.GetBytes(Completed(patch, stored)));

        JsonSerializer.Deserialize<OrderInput>(changed, PortOptions.Strict).ShouldNotBeNull().Amount.ShouldBe(12);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public void EditInput_OfOneThatIsNoObject_IsTheWholeInput(string stored)
    {
        RefusalOf("""{"amount":13,"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""", stored).ShouldBeNull();
        RefusalOf("""{"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""", stored).ShouldNotBeNull()
            .Faults[0].ShouldContain("inputs.amount");
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

    /// <summary>
    /// Each step gets the input and the context: where they cannot be read, nothing comes of going on behind one.
    /// </summary>
    [Theory]
    [InlineData("\"text\"", null, "The stored input cannot be read", "owf edit order-1 --input PATCH")]
    [InlineData(Stored, """{"count":"many"}""", "The stored context cannot be read", "owf edit order-1 --patch PATCH")]
    [InlineData(Stored, """{"count":1}""", null, null)]
    public void Skip_ThatCannotHelp_IsRefusedWithWhatDoes(string input, string? context, string? fault, string? remedy)
    {
        var row = Machine.Start().Row with
        {
            Type = "chain",
            Incident = IncidentCode.PayloadUnreadable,
            Input = Encoding.UTF8.GetBytes(input),
            Checkpoint = new Checkpoint
            {
                Position = "Ship",
                Context = context is null ? null : A.Json(context),
            }.Write(),
        };
        var skip = new MessageRequest { Receiver = A.Id, MessageId = "skip-1", Kind = MessageKind.Skip };

        var refusal = ControlChecks.Refuse(skip, row, Registry);

        (refusal is null).ShouldBe(fault is null);
        if (refusal is not null)
        {
            refusal.Faults.ShouldHaveSingleItem().ShouldStartWith(fault!);
            refusal.Faults[0].ShouldContain(remedy!);
        }
    }

    /// <summary>Another case would be a second member, not a change of the one that there is.</summary>
    [Theory]
    [InlineData("""{"Count":2}""", "The patch has 'Count', and the context has 'count': ")]
    [InlineData("""{"parts":{"a":{"Size":2}}}""", "The patch has 'parts.a.Size', and the context has 'parts.a.size': ")]
    public void Edit_WithANameInAnotherCase_IsRefused_AndSaysWhatItIs(string patch, string fault)
    {
        var row = Machine.Start(paused: true).Row with
        {
            Type = "chain",
            Checkpoint = new Checkpoint { Position = "Ship", Context = A.Json("""{"count":1}""") }.Write(),
        };
        var edit = new MessageRequest
        {
            Receiver = A.Id,
            MessageId = "edit-1",
            Kind = MessageKind.Edit,
            Payload = Encoding.UTF8.GetBytes(patch),
        };

        ControlChecks.Refuse(edit, row, Registry).ShouldNotBeNull()
            .Faults.ShouldHaveSingleItem().ShouldBe(
                fault + "an edit of a context writes names as 'owf show order-1 --checkpoint' shows them.");
    }

    /// <summary>What the next step could read and not write again is refused: its attempts would all fail.</summary>
    [Theory]
    [InlineData("""{"rate":1e999}""", false)]
    [InlineData("""{"rate":-1e999}""", false)]
    [InlineData("""{"rate":1e300}""", true)]
    public void Edit_OfWhatCannotBeWrittenAgain_IsRefused(string patch, bool isStored)
    {
        var row = Machine.Start(paused: true).Row with
        {
            Type = "chain",
            Checkpoint = new Checkpoint { Position = "Ship", Context = A.Json("""{"count":1}""") }.Write(),
        };
        var edit = new MessageRequest
        {
            Receiver = A.Id,
            MessageId = "edit-1",
            Kind = MessageKind.Edit,
            Payload = Encoding.UTF8.GetBytes(patch),
        };

        var refusal = ControlChecks.Refuse(edit, row, Registry);

        (refusal is null).ShouldBe(isStored, refusal?.Faults[0]);
    }

    [Fact]
    public void EditInput_WhereNoSiloHasTheType_IsRefused() =>
        ControlChecks.Refuse(Request("{}"), Loaded(Stored), new DefinitionRegistry([])).ShouldNotBeNull()
            .Faults.ShouldHaveSingleItem().ShouldContain("does not have the type 'order'");

    [Fact]
    public void EditInput_OfAProcessThatIsNotPaused_IsRefused() =>
        ControlChecks.Refuse(Request("{}"), Machine.Start().Row, Registry).ShouldNotBeNull()
            .Control.ShouldBe(ControlStatus.RefusedNotPaused);

    private const string Stored = """{"amount":12,"ticket":"6f9619ff-8b86-d011-b42d-00c04fc964ff","parts":{}}""";

    private static MessageReply? RefusalOf(string patch, string stored) =>
        ControlChecks.Refuse(Request(patch), Loaded(stored), Registry);

    private static string Completed(string patch, string stored) => Encoding.UTF8.GetString(
        InputEdits.Complete(Encoding.UTF8.GetBytes(patch), Loaded(stored), Registry.Find("order")!));

    private static ProcessRow Loaded(string input) =>
        Machine.Start(paused: true).Row with { Input = Encoding.UTF8.GetBytes(input) };

    private static MessageRequest Request(string patch) =>
        new()
        {
            Receiver = A.Id,
            MessageId = "edit-1",
            Kind = MessageKind.EditInput,
            Payload = Encoding.UTF8.GetBytes(patch),
        };

    /// <summary>An order.</summary>
    /// <param name="Amount">Required.</param>
    private sealed record OrderInput(int Amount)
    {
        /// <summary>A computed default.</summary>
        public Guid Ticket { get; init; } = Guid.NewGuid();

        /// <summary>A port with a default, of any depth.</summary>
        public Dictionary<string, System.Text.Json.JsonElement> Parts { get; init; } = [];
    }

    private sealed record Progress
    {
        public int Count { get; set; }

        public double Rate { get; set; }

        public Dictionary<string, Part> Parts { get; set; } = [];
    }

    private sealed record Part(int Size);

    [Process("chain")]
    private sealed class Shipped : WorkChain<OrderInput, OrderInput, Progress>
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Ship);

        private Task Ship(StepContext step) => Task.CompletedTask;
    }

    [Process("order")]
    private sealed class Ordered : Process<OrderInput, OrderInput>
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish(Input));
    }
}

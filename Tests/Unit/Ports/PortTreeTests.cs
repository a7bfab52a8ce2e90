using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Every fault of an input at once.</summary>
public sealed class PortTreeTests
{
    [Theory]
    [InlineData("""{"to":"Bern"}""")]
    [InlineData("""{"TO":"Bern","weight":"3"}""")]
    [InlineData("""{"to":"Bern","from":null,"extra":null,"next":null}""")]
    [InlineData(
        """{"to":"Bern","from":{"city":"Basel"},"items":[{"weight":1}],"parcels":{"big":{"weight":2,"note":null}},"speed":"Fast","extra":[1,{}]}"""
    )]
    public void Input_ThatIsSound_HasNoFaults(string json) => Check<Shipment>(json).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"to":""}""")]
    [InlineData("""{"to":"","items":[],"parcels":{}}""")]
    public void N24_EmptyValue_IsNotMissing(string json) => Check<Shipment>(json).ShouldBeEmpty();

    [Fact]
    public void N24_DictionariesInADynamicNamespace_AreCheckedLikeAnyOther()
    {
        Check<Measured>("""{"values":{"left":{"x":1,"y":2},"right":{}}}""").ShouldBeEmpty();

        Check<Measured>("""{"values":{"left":{"x":1,"y":"two"}}}""")
            .ShouldHaveSingleItem()
            .ShouldStartWith("inputs.values.left.y: a whole number");
    }

    [Fact]
    public void Faults_OfEveryKind_ComeAllAtOnceInTheOrderOfThePorts() =>
        Check<Shipment>(
            """
            {"colour":1,"weight":true,"from":{"zip":"x","street":""},"items":[{"weight":1},{"weight":"a"},5],
             "parcels":{"big":{"weight":12},"bad":{}},"speed":"Warp","next":{"to":null,"weight":11}}
            """).ShouldBe(
            [
                "inputs.to: a value is required.",
                "inputs.weight: a whole number from -2147483648 to 2147483647 is expected, not true or false.",
                "inputs.from.city: a value is required.",
                "inputs.from.zip: a whole number from -2147483648 to 2147483647 is expected, not text.",
                "inputs.from.street: there is no such port; there are: city, zip.",
                "inputs.items[1].weight: a whole number from -2147483648 to 2147483647 is expected, not text.",
                "inputs.items[2]: an object is expected, not a number.",
                "inputs.parcels.big.weight: The field Weight must be between 1 and 9.",
                "inputs.parcels.bad.weight: a value is required.",
                "inputs.speed: one of Slow, Fast is expected.",
                "inputs.next.to: null is not allowed.",
                "inputs.next.weight: The field Weight must be between 1 and 9.",
                "inputs.colour: there is no such port; there are: to, weight, from, items, parcels, speed, extra, key, "
                + "next.",
            ]);

    /// <summary>
    /// Names that are no keys, and what a constructor refuses, hide nothing and are hidden by nothing.
    /// </summary>
    [Fact]
    public void Faults_OfKeysAndOfConstructors_ComeWithTheOthers() =>
        Check<Stock>(
                """{"counts":{"1":1,"x":2,"y":3,"4":"many"},"batch":{"code":"too long","colour":1},"label":null}""")
            .ShouldBe([
                "inputs.counts.4: a whole number from -2147483648 to 2147483647 is expected, not text.",
                "inputs.counts.x: this does not fit into a Dictionary<int, int>.",
                "inputs.counts.y: this does not fit into a Dictionary<int, int>.",
                "inputs.batch.colour: there is no such port; there are: code.",
                "inputs.batch: A code has three letters.",
                "inputs.label: null is not allowed.",
            ]);

    [Theory]
    [InlineData("", "inputs: this is not JSON: ")]
    [InlineData("{", "inputs: this is not JSON: ")]
    [InlineData("null", "inputs: a value is required.")]
    [InlineData("[]", "inputs: an object is expected, not a list.")]
    [InlineData("""{"to":"a","items":{}}""", "inputs.items: a list is expected, not an object.")]
    [InlineData("""{"to":"a","parcels":[]}""", "inputs.parcels: an object is expected, not a list.")]
    [InlineData("""{"to":{}}""", "inputs.to: text is expected, not an object.")]
    [InlineData("""{"to":"a","key":"b"}""", "inputs.key: a GUID is expected, not text.")]
    [InlineData(
        """{"to":"a","weight":3000000000}""",
        "inputs.weight: a whole number from -2147483648 to 2147483647 is expected, not a number."
    )]
    public void Fault_OfStructure_IsInPlainWords(string json, string fault) =>
        Check<Shipment>(json).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void Bool_DoesNotPassAsAnInt(string value) =>
        Check<Shipment>($$"""{"to":"a","weight":{{value}}}""")
            .ShouldHaveSingleItem()
            .ShouldStartWith("inputs.weight: a whole number");

    [Fact]
    public void Int_DoesNotPassAsABool() =>
        Check<Flags>("""{"on":1,"name":"a"}""").ShouldBe(["inputs.on: true or false is expected, not a number."]);

    [Theory]
    [InlineData("to", "null")]
    [InlineData("weight", "null")]
    [InlineData("items", "null")]
    public void Null_OfAPortThatIsNotNullable_IsRefused(string port, string value) =>
        Check<Shipment>(port == "to" ? """{"to":null}""" : $$"""{"to":"a","{{port}}":{{value}}}""")
            .ShouldBe([$"inputs.{port}: null is not allowed."]);

    [Fact]
    public void N24_Breadcrumbs_OfDeepFaults_NameEveryLevelOnce() =>
        Check<Shipment>("""{"to":"a","next":{"to":"b","next":{"to":"c","parcels":{"next":{"weight":"x"}}}}}""")
            .ShouldHaveSingleItem().ShouldStartWith("inputs.next.next.parcels.next.weight: ");

    [Fact]
    public void ValidatorOfAPort_RunsAlsoWhenOtherPortsCannotBeRead() =>
        Check<Shipment>("""{"to":"far too long","speed":7.5,"weight":0}""").ShouldBe(
            [
                "inputs.to: The field To must be a string with a maximum length of 8.",
                "inputs.weight: The field Weight must be between 1 and 9.",
                "inputs.speed: one of Slow, Fast is expected.",
            ]);

    [Fact]
    public void ValidatorOfAMissingPort_ChecksItsDefault() =>
        Check<Flags>("""{"wrong":1}""")
            .ShouldBe([
                "inputs.name: The Name field is required.",
                "inputs.wrong: there is no such port; there are: on, name.",
            ]);

    [Fact]
    public void Namespace_ThatIsSoundBesideOnesThatAreNot_ChecksItself() =>
        Check<Shipment>("""{"from":{"city":"Atlantis"}}""")
            .ShouldBe(["inputs.to: a value is required.", "inputs.from.city: It has sunk."]);

    [Theory]
    [InlineData("""{"low":5,"high":3}""", "inputs.high: High is below Low.|inputs: The limits are odd.")]
    [InlineData("""{"low":-5,"high":-7}""", "inputs.low: The field Low must be between 0 and 9.")]
    [InlineData(
        """{"low":"x","high":-7}""",
        "inputs.low: a whole number from -2147483648 to 2147483647 is expected, not text."
    )]
    public void ValidatorsOfANamespace_RunOnlyWhenItsPortsHaveNoFault(string json, string faults) =>
        string.Join('|', Check<Limits>(json)).ShouldBe(faults);

    [Theory]
    [InlineData("""{"a":"x","b":"y"}""", "inputs.b: 'B' and 'A' do not match.")]
    [InlineData(
        """{"a":"x","b":"y","c":1}""",
        "inputs.b: 'B' and 'A' do not match.|inputs.c: there is no such port; there are: a, b."
    )]
    [InlineData("""{"a":1,"b":"y"}""", "inputs.a: text is expected, not a number.")]
    public void Comparison_WithAPortThatCannotBeRead_WaitsForIt(string json, string faults) =>
        string.Join('|', Check<Twice>(json)).ShouldStartWith(faults);

    [Fact]
    public void Validator_ThatThrows_IsAFaultOfItsPort() =>
        Check<Throwing>("""{"a":1}""").ShouldBe(["inputs.a: It broke.", "inputs.b: It broke."]);

    [Theory]
    [InlineData("""{"percent":101}""", "inputs: It is more than all.")]
    [InlineData(
        """{"percent":"x"}""",
        "inputs.percent: a whole number from -2147483648 to 2147483647 is expected, not text."
    )]
    public void Constructor_ThatRefusesAValue_SaysWhy(string json, string fault) =>
        Check<Share>(json).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Theory]
    [InlineData("""{"id":"no id"}""", "inputs.id: The text is not a process id.")]
    [InlineData("""{"shape":{"$type":"cube"}}""", "inputs.shape")]
    [InlineData(
        """{"shape":{"$type":"round","radius":"x"}}""",
        "inputs.shape.radius: this does not fit into a Shape."
    )]
    [InlineData(
        """{"shape":{"$type":"round","radius":0}}""",
        "inputs.shape.radius: The field Radius must be between 1 and 9."
    )]
    [InlineData("""{"byNumber":{"x":1}}""", "inputs.byNumber")]
    [InlineData("""{"byNumber":{"1":"x"}}""", "inputs.byNumber.1: a whole number")]
    [InlineData("""{"level":"Middle"}""", "inputs.level: one of low, high is expected.")]
    [InlineData("""{"strict":"1"}""", "inputs.strict: a whole number")]
    [InlineData(
        """{"object":{"a":1},"node":[1],"array":null,"open":{"b":2},"shape":{"$type":"round","radius":2}}""",
        null
    )]
    [InlineData("""{"place":{"street":""}}""", "inputs.place.street: The Street field is required.")]
    [InlineData("""{"place":{"street":1}}""", "inputs.place.street: text is expected, not a number.")]
    [InlineData("""{"renamed":1,"x":2}""", "inputs.x: there is no such port")]
    [InlineData("""{"total":7}""", null)]
    public void Value_OfAnOddType_IsHandled(string json, string? fault)
    {
        var faults = Check<Odd>(json);

        if (fault is null)
        {
            faults.ShouldBeEmpty();
        }
        else
        {
            faults.ShouldHaveSingleItem().ShouldStartWith(fault);
        }
    }

    [Fact]
    public void Type_ThatCannotBeRead_IsAFaultAndNoException() =>
        Check<Unreadable>("""{"type":"x"}""").ShouldHaveSingleItem().ShouldStartWith("inputs.type: ");

    [Fact]
    public void Nesting_BeyondWhatJsonMayHave_IsAFaultAndNoOverflow()
    {
        var json = string.Concat(Enumerable.Repeat("""{"to":"a","next":""", 5000)) + "null" + new string('}', 5000);

        Check<Shipment>(json).ShouldHaveSingleItem().ShouldStartWith("inputs: this is not JSON: ");
    }

    [Fact]
    public void Faults_WithoutNumber_AreCut()
    {
        var json = $$"""{"to":"a","items":[{{string.Join(',', Enumerable.Repeat("1", 100_000))}}]}""";

        var faults = Check<Shipment>(json);

        faults.Count.ShouldBe(1001);
        faults[^1].ShouldBe("inputs: there may be more faults than these 1,000.");
    }

    [Fact]
    public void Check_OfASoundInput_AllocatesLittleMoreThanItsReading()
    {
        var json = Encoding.UTF8.GetBytes(
            """{"to":"Bern","from":{"city":"Basel"},"items":[{"weight":1},{"weight":2}]}""");
        var tree = PortTree.Of(typeof(Shipment));
        tree.Check(json, "inputs");
        tree.Read(json);
        var start = GC.GetAllocatedBytesForCurrentThread();
        tree.Read(json);
        var reading = GC.GetAllocatedBytesForCurrentThread() - start;

        tree.Check(json, "inputs");

        (GC.GetAllocatedBytesForCurrentThread() - start - reading).ShouldBeLessThan(
            reading + 4000,
            "no document is made while there is no fault");
    }

    private static IReadOnlyList<string> Check<T>(string json) =>
        PortTree.Of(typeof(T)).Check(Encoding.UTF8.GetBytes(json), "inputs");

    private sealed record Flags(bool On = false, [property: Required] string? Name = null);

    [OddLimits]
    private sealed record Limits([property: Range(0, 9)] int Low, int High) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            [new("The limits are odd.")];
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class OddLimitsAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            value is Limits { Low: var low, High: var high } && high < low
                ? new ValidationResult("High is below Low.", [nameof(Limits.High)])
                : null;
    }

    private sealed record Twice(string A, [property: Compare("A")] string B);

    private sealed record Throwing([property: Breaks] int A = 0, [property: Breaks] int B = 0);

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class BreaksAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new InvalidOperationException("It broke.");
    }

    private sealed record Share
    {
        public Share(int percent) =>
            Percent = percent > 100 ? throw new ArgumentException("It is more than all.") : percent;

        public int Percent { get; }
    }

    private sealed record Odd
    {
        public ProcessId? Id { get; init; }

        public Shape? Shape { get; init; }

        public Dictionary<int, int> ByNumber { get; init; } = [];

        public Level Level { get; init; }

        [JsonNumberHandling(JsonNumberHandling.Strict)]
        public int Strict { get; init; }

        public object? Object { get; init; }

        public JsonNode? Node { get; init; }

        public JsonArray? Array { get; init; }

        public Open? Open { get; init; }

        public Place? Place { get; init; }

        [JsonPropertyName("renamed")]
        public int X { get; init; }

        public int Total => Strict + X;
    }

    private readonly record struct Place([property: Required] string Street);

    private enum Level
    {
        [JsonStringEnumMemberName("low")]
        Low,

        [JsonStringEnumMemberName("high")]
        High,
    }

    private sealed record Open(int A = 0)
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Round), "round")]
    private abstract record Shape;

    private sealed record Round([property: Range(1, 9)] int Radius) : Shape;

    private sealed record Unreadable(Type? Type);

    private sealed record Stock(Dictionary<int, int> Counts, Batch Batch, string Label);

    private sealed record Batch
    {
        public Batch(string code) =>
            Code = code.Length == 3 ? code : throw new InvalidOperationException("A code has three letters.");

        public string Code { get; }
    }

    private sealed record Measured(IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Values);
}

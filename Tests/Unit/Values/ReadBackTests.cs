using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Values;

namespace Orleans.Workflows.Unit.Values;

/// <summary>What no type says and a value shows: it is not read back as it was.</summary>
public sealed class ReadBackTests
{
    private static readonly Dictionary<string, object> Lost = new()
    {
        ["Sets.Names has the comparer OrdinalIgnoreCaseComparer"] = new Sets
        {
            Names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" },
        },
        ["Sets.Counts has the comparer"] = new Sets { Counts = new(StringComparer.OrdinalIgnoreCase) },
        ["Sets.Within[0] has the comparer"] = new Sets
        {
            Within = [new HashSet<string>(StringComparer.OrdinalIgnoreCase)],
        },
        ["Forgetful.Count is 0 and is read back as 5."] = new Forgetful { Count = 0 },
        ["Trimmed.Text is ' a ' and is read back as 'a'."] = new Trimmed().Pad(),
        ["Sets.Lossy is"] = new Sets { Lossy = new Lossy(3, 4) },
        ["Sets.Numbers is a Special and is read back as a List<int>."] = new Sets { Numbers = new Special { 1 } },
        ["Sets.Text is"] = new Sets { Text = "half \ud800" },
    };

    private static readonly Dictionary<string, object> Whole = new()
    {
        ["collections"] = new Sets
        {
            Names = ["a", "b"],
            Counts = new() { ["x"] = 1 },
            Items = new[] { 1, 2 },
            Any = 5,
            At = DateTimeOffset.MinValue,
        },
        ["JSON"] = new Sets
        {
            Any = new Dictionary<string, int> { ["a"] = 1 },
            Element = JsonDocument.Parse("""{"a":[1]}""").RootElement,
        },
        ["many keys"] = new Sets
        {
            Concurrent = new(
                Enumerable.Range(0, 1000).Select(static number => KeyValuePair.Create(number, $"{number}"))),
        },
        ["no default"] = new Forgetful { Count = 7 },
        ["trimmed"] = new Trimmed { Text = " a " },
    };

    public static TheoryData<string> LostValues => [.. Lost.Keys];

    public static TheoryData<string> WholeValues => [.. Whole.Keys];

    [Theory]
    [MemberData(nameof(LostValues))]
    public void Value_ThatIsNotReadBack_NamesTheMember(string fault) =>
        Should
            .Throw<PayloadException>(() => Check(Lost[fault]))
            .Message.ShouldStartWith($"The context would not be read back as it was written: {fault}");

    [Theory]
    [MemberData(nameof(WholeValues))]
    public void Value_ThatIsReadBack_Passes(string value) => Should.NotThrow(() => Check(Whole[value]));

    [Fact]
    public void DerivedObject_InThePlaceOfItsBase_IsNotWritten()
    {
        Should.Throw<PayloadException>(() => WorkflowJson.Write(new Holder { Animal = new Dog() }, "context"))
            .Message.ShouldContain("A Dog is in the place of a Animal, of which alone would be kept");
        Should.Throw<PayloadException>(() => WorkflowJson.Write<Animal>(new Dog(), "input"));
        Should.Throw<PayloadException>(() => WorkflowJson.Node(new Dog(), typeof(Animal), "output"));
        WorkflowJson.Write(new Holder { Animal = new Animal(), Told = new Cat() }, "context").ShouldNotBeEmpty();
    }

    private static void Check(object value) =>
        ReadBack.Check(
            value,
            value.GetType(),
            JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), WorkflowJson.Options),
            "context");

    private class Animal;

    private sealed class Dog : Animal
    {
        public string Name { get; set; } = "";
    }

    [JsonDerivedType(typeof(Cat), "cat")]
    private abstract class Told;

    private sealed class Cat : Told;

    private sealed class Holder
    {
        public Animal? Animal { get; set; }

        public Told? Told { get; set; }
    }

    private sealed class Special : List<int>;

    private sealed class Sets
    {
        public HashSet<string> Names { get; set; } = [];

        public Dictionary<string, int> Counts { get; set; } = [];

        public List<HashSet<string>> Within { get; set; } = [];

        public IReadOnlyList<int>? Items { get; set; }

        public List<int>? Numbers { get; set; }

        public object? Any { get; set; }

        public JsonElement? Element { get; set; }

        public DateTimeOffset At { get; set; }

        public Lossy? Lossy { get; set; }

        public string? Text { get; set; }

        public System.Collections.Concurrent.ConcurrentDictionary<int, string>? Concurrent { get; set; }
    }

    private sealed class Forgetful
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Count { get; set; } = 5;
    }

    private sealed class Trimmed
    {
        private string _text = "";

        public string Text
        {
            get => _text;
            set => _text = value.Trim();
        }

        public Trimmed Pad()
        {
            _text = " a ";
            return this;
        }
    }

    [JsonConverter(typeof(LossyConverter))]
    private sealed record Lossy(int Kept, int Forgotten);

    private sealed class LossyConverter : JsonConverter<Lossy>
    {
        public override Lossy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt32(), 0);

        public override void Write(Utf8JsonWriter writer, Lossy value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Kept);
    }
}

using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Values;

/// <summary>Types that are read back as they were written, so that their definitions have no fault.</summary>
public sealed class KeptTypeTests
{
    [Theory]
    [InlineData(typeof(Of<Plain>))]
    [InlineData(typeof(Of<Collections>))]
    [InlineData(typeof(Of<Kept>))]
    [InlineData(typeof(Of<Tree>))]
    [InlineData(typeof(Of<Branch>))]
    [InlineData(typeof(Of<Below<Tuple<int, string>>>))]
    [InlineData(typeof(Of<Below<KeyValuePair<string, Point>>>))]
    [InlineData(typeof(Of<Below<System.Drawing.Point>>))]
    [InlineData(typeof(Of<Below<object>>))]
    [InlineData(typeof(Of<Below<JsonElement>>))]
    [InlineData(typeof(Of<Below<Converted>>))]
    [InlineData(typeof(Of<Below<ChildResult<Plain>>>))]
    [InlineData(typeof(Of<Below<Names>>))]
    public void Type_OfWhichNothingIsLost_IsNone(Type definition) =>
        OutlineWalk.Sound(definition).ContextType.ShouldNotBeNull();

    private sealed record Point(int X, int Y);

    public enum Colour
    {
        Red,
        Green,
    }

    private sealed record Plain
    {
        public string Text { get; init; } = "";

        public int? Number { get; set; }

        public Colour Colour { get; set; }

        public DateTimeOffset At { get; set; }

        public byte[] Bytes { get; set; } = [];

        public int Twice => (Number ?? 0) * 2;

        public (int Done, int Left) Progress => (Number ?? 0, 0);

        public BigInteger Large => new(Number ?? 0);

        public ISet<string> Words => new HashSet<string>(Text.Split(' '), StringComparer.OrdinalIgnoreCase);

        public Plain? Inner { get; set; }
    }

    private sealed class Collections
    {
        public IReadOnlyList<Point> Points { get; set; } = [];

        public IReadOnlyDictionary<Colour, Point> ByColour { get; set; } = new Dictionary<Colour, Point>();

        public Dictionary<Guid, List<int>> ById { get; init; } = [];

        public Queue<int> Waiting { get; init; } = new();

        public HashSet<string> Names { get; set; } = new(StringComparer.Ordinal);

        public LinkedList<int> Links { get; set; } = new();

        public System.Collections.Immutable.ImmutableArray<int> Numbers { get; set; } = [];

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; set; }
    }

    private sealed class Kept
    {
        private readonly Lock _gate = new();
        private readonly int _most = 5;
        private string _name = "";

        [JsonIgnore]
        private int? _hash;

        public string Name
        {
            get => _name;
            set => _name = value.Trim();
        }

        [JsonInclude]
        public int Count { get; private set; }

        [JsonInclude]
        private int Secret { get; set; }

        [JsonIgnore]
        public StringBuilder Scratch { get; } = new();

        [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
        public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

        public int Hash()
        {
            lock (_gate)
            {
                return _hash ??= Math.Min(_name.Length, _most) + Secret;
            }
        }
    }

    private class Tree
    {
        public virtual string Name { get; set; } = "";

        public List<Tree> Children { get; set; } = [];
    }

    private sealed class Branch : Tree
    {
        public override string Name { get; set; } = "branch";
    }

    [JsonConverter(typeof(ConvertedConverter))]
    private sealed class Converted
    {
        private readonly int _value;

        public Converted(int value) => _value = value;

        public int Get() => _value;
    }

    private sealed class ConvertedConverter : JsonConverter<Converted>
    {
        public override Converted Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Get());
    }

    private sealed class Names : System.Collections.ObjectModel.Collection<string>;
}

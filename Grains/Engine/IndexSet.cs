using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// A set of places among the children of a step, stored as ranges: <c>3-5,9</c>. Immutable; equal when the members are.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class IndexSet : IEquatable<IndexSet>
{
    private readonly ImmutableArray<(int First, int Last)> _ranges;

    private IndexSet(ImmutableArray<(int First, int Last)> ranges) => _ranges = ranges;

    /// <summary>No member.</summary>
    public static IndexSet Empty { get; } = new([]);

    /// <summary>How many members there are.</summary>
    public int Count => _ranges.Sum(static range => range.Last - range.First + 1);

    /// <summary>Makes a set.</summary>
    /// <param name="indexes">The members, in any order.</param>
    public static IndexSet Of(IEnumerable<int> indexes)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var index in indexes.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == index - 1)
            {
                ranges[^1] = (ranges[^1].First, index);
            }
            else
            {
                ranges.Add((index, index));
            }
        }

        return new IndexSet([.. ranges]);
    }

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <exception cref="FormatException">The text is no list of rising ranges.</exception>
    public static IndexSet Parse(string text)
    {
        var ranges = ImmutableArray.CreateBuilder<(int First, int Last)>();
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = Array.ConvertAll(range.Split('-'), static end =>
                int.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture));
            if (ends.Length > 2 || ends[0] > ends[^1] || (ranges.Count > 0 && ranges[^1].Last >= ends[0]))
            {
                throw new FormatException($"'{range}' in '{text}' is no rising range.");
            }

            ranges.Add((ends[0], ends[^1]));
        }

        return new IndexSet(ranges.ToImmutable());
    }

    /// <summary>Whether a place is in it.</summary>
    public bool Contains(int index) => _ranges.Any(range => range.First <= index && index <= range.Last);

    /// <summary>The set with more members.</summary>
    public IndexSet With(IReadOnlyCollection<int> indexes) => indexes.Count == 0 ? this : Of(Members().Concat(indexes));

    /// <summary>The members from a place on.</summary>
    public IndexSet From(int least) =>
        new([
            .. _ranges
                .Where(range => range.Last >= least)
                .Select(range => (Math.Max(range.First, least), range.Last)),
        ]);

    /// <inheritdoc/>
    public bool Equals(IndexSet? other) => other is not null && _ranges.SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IndexSet);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(
            ',',
            _ranges.Select(static range =>
                range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));

    private IEnumerable<int> Members() =>
        _ranges.SelectMany(static range => Enumerable.Range(range.First, range.Last - range.First + 1));

    /// <summary>Writes it as one string.</summary>
    internal sealed class Converter : JsonConverter<IndexSet>
    {
        /// <inheritdoc/>
        public override IndexSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (Exception e) when (e is FormatException or OverflowException or InvalidOperationException)
            {
                throw new JsonException(e.Message, e);
            }
        }

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, IndexSet value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

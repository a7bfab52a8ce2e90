using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Reads enums by their declared names, as their schema says: no numbers, and several names only where the enum has
/// flags.
/// </summary>
internal sealed class DeclaredEnums : JsonConverterFactory
{
    /// <summary>Finds the names of an enum in JSON.</summary>
    /// <returns>The names, in the order of the declaration.</returns>
    public static IEnumerable<string> NamesOf(Type type) => Enum.GetNames(type)
        .Select(name => type.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name);

    /// <summary>Whether names of an enum can be combined.</summary>
    public static bool HasFlags(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false);

    /// <summary>Whether 0, which is no flag at all, has no name, so that it is written as a number.</summary>
    public static bool HasNamelessZero(Type type) => HasFlags(type) && !Enum.IsDefined(type, Enum.ToObject(type, 0));

    /// <summary>Whether a value consists of what its enum declares.</summary>
    public static bool IsDeclared(object value)
    {
        var type = value.GetType();
        if (Enum.IsDefined(type, value))
        {
            return true;
        }

        // What has no name is written as a number; flags that have names are written by them.
        return HasFlags(type)
            && value.ToString() is [var first, ..] text
            && (text == "0" || !(char.IsAsciiDigit(first) || first == '-'));
    }

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    /// <summary>Whether a converter is one of these.</summary>
    public static bool IsOne(JsonConverter converter) => converter.GetType().DeclaringType == typeof(DeclaredEnums);

    /// <summary>Reads one enum.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly JsonSerializerOptions Usual = WorkflowJson.Options;
        private readonly bool _hasFlags = HasFlags(typeof(T));
        private readonly bool _hasNamelessZero = HasNamelessZero(typeof(T));

        /// <summary>
        /// The names in C# by those in JSON. The exact one counts, and else one in another case, as for the names of
        /// ports.
        /// </summary>
        private readonly Dictionary<string, string> _exact = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _inAnyCase = new(StringComparer.OrdinalIgnoreCase);

        public Of()
        {
            foreach (var (name, member) in NamesOf(typeof(T)).Zip(Enum.GetNames<T>()))
            {
                _exact.TryAdd(name, member);
                _inAnyCase.TryAdd(name, member);
            }
        }

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.String => Parse(reader.GetString()!),
                JsonTokenType.Number when _hasNamelessZero && reader.TryGetInt32(out var number) && number == 0 =>
                    default,
                _ => throw new JsonException(),
            };

        public override T ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options) => Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, Usual);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(JsonSerializer.SerializeToElement(value, Usual).ToString());

        private T Parse(string text) =>
            Enum.Parse<T>(
                _hasFlags
                    ? string.Join(',', text.Split(',').Select(name => MemberOf(name.Trim(' '))))
                    : MemberOf(text));

        private string MemberOf(string name) =>
            _exact.TryGetValue(name, out var member) || _inAnyCase.TryGetValue(name, out member)
                ? member
                : throw new JsonException();
    }
}

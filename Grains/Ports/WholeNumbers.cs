using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// Writes whole numbers without fraction and exponent: for JSON Schema 1.0 and 1e2 are such, and System.Text.Json does
/// not read them.
/// </summary>
internal sealed class WholeNumbers(Utf8JsonWriter writer)
{
    /// <summary>More digits than the widest of the types has.</summary>
    private const int MostDigits = 40;

    private static readonly HashSet<Type> Types =
    [
        typeof(byte),
        typeof(sbyte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
        typeof(Int128),
        typeof(UInt128),
    ];

    private bool _isChanged;

    /// <summary>Rewrites JSON.</summary>
    /// <returns>UTF-8 JSON; null when there is nothing to rewrite.</returns>
    public static byte[]? Rewrite(PortTree tree, JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        var numbers = new WholeNumbers(writer);
        numbers.Write(tree, json);
        writer.Flush();
        return numbers._isChanged ? buffer.WrittenSpan.ToArray() : null;
    }

    private void Write(PortTree tree, JsonElement json)
    {
        switch (tree.Kind, json.ValueKind)
        {
            case (PortKind.Value, JsonValueKind.Number) when Plain(tree, json.GetRawText()) is { } plain:
                writer.WriteRawValue(plain);
                _isChanged = true;
                break;
            case (PortKind.Namespace or PortKind.DynamicNamespace, JsonValueKind.Object):
                writer.WriteStartObject();
                foreach (var entry in json.EnumerateObject())
                {
                    writer.WritePropertyName(entry.Name);
                    Write(tree.Below(entry.Name), entry.Value);
                }

                writer.WriteEndObject();
                break;
            case (PortKind.List, JsonValueKind.Array):
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(tree.Item!, item);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static string? Plain(PortTree tree, string number) =>
        !tree.ReadsItsOwnWay && Types.Contains(Nullable.GetUnderlyingType(tree.Type) ?? tree.Type)
            ? Plain(number)
            : null;

    private static string? Plain(string number)
    {
        var parts = number.TrimStart('-').Split(['e', 'E']);
        if (parts is [var same] && !same.Contains('.', StringComparison.Ordinal) && number != "-0")
        {
            return null;
        }

        var exponent = 0;
        if (
            parts.Length > 1
            && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        var significant = digits.TrimEnd('0');
        var zeros = exponent - (point < 0 ? 0L : parts[0].Length - point - 1) + digits.Length - significant.Length;
        return zeros < 0 || significant.Length + zeros > MostDigits
            ? null
            : $"{(number[0] == '-' ? "-" : "")}{significant}{new string('0', (int)zeros)}";
    }
}

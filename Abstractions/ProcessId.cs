using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows;

/// <summary>The name of one process in the cluster.</summary>
/// <remarks>
/// An id that a client gives has 1 to 200 characters of ASCII letters, digits and <c>-._~:@</c>, and is case-sensitive.
/// The engine names a child <c>{parent}/{step number}.{n}</c>, so ids of children contain '/'. Where that would be
/// longer than <see cref="MaxLength"/>, it is <c>{first part of parent}/~{hash of parent}/{step number}.{n}</c>:
/// children nest as deep as they like. An id belongs to its process until that process was purged.
/// </remarks>
[GenerateSerializer, Immutable, Alias("owf.ProcessId")]
[JsonConverter(typeof(ProcessIdJsonConverter))]
public readonly record struct ProcessId : IComparable<ProcessId>, IParsable<ProcessId>
{
    /// <summary>The longest id that a client can give, in characters: 200.</summary>
    public const int MaxClientLength = 200;

    /// <summary>The longest id of a child, in characters: 1,000.</summary>
    public const int MaxLength = 1_000;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@");

    [Id(0)]
    private readonly string? _value;

    private ProcessId(string value) => _value = value;

    /// <summary>The id as text. The empty string for <c>default</c>, which names no process.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether the engine named this process: it is a child without an id of its own.</summary>
    public bool IsChild => Value.Contains('/', StringComparison.Ordinal);

    /// <summary>Makes an id that no other process has: 32 hexadecimal digits, rising with time.</summary>
    /// <returns>A new id.</returns>
    public static ProcessId New() => new(Guid.CreateVersion7().ToString("N"));

    /// <summary>Reads an id that a client gives or that the engine made.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">
    /// The text is empty, too long or has an illegal character; the message says which.
    /// </exception>
    public static ProcessId Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Check(value) is { } fault ? throw new ArgumentException(fault, nameof(value)) : new ProcessId(value);
    }

    /// <summary>Reads an id without throwing.</summary>
    /// <param name="value">The text.</param>
    /// <param name="id">The id, or <c>default</c>.</param>
    /// <returns>Whether the text is a legal id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? value, out ProcessId id)
    {
        id = value is not null && Check(value) is null ? new ProcessId(value) : default;
        return id._value is not null;
    }

    /// <inheritdoc/>
    public static ProcessId Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProcessId result) =>
        TryParse(s, out result);

    /// <summary>The id of the n-th child that a step of this process starts.</summary>
    /// <param name="step">The number of steps that the parent had completed, 0 or more.</param>
    /// <param name="index">The place of the child among those of the step, 0 or more.</param>
    /// <returns>
    /// The child's id. Deep in a tree a hash of 128 bits takes the place of what lies between its root and the child.
    /// </returns>
    /// <exception cref="ArgumentException">This is <c>default</c>, which names no process.</exception>
    public ProcessId Child(int step, int index)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"/{step}.{index}");

        // Ids that fit stay as they always were: parents of older versions wait for children that have them.
        return Parse(
            Value.Length + place.Length <= MaxLength
                ? Value + place
                : $"{Value.Split('/', 2)[0]}/~{HashOf(Value)}{place}");
    }

    /// <summary>Throws unless a client may give this id to a new process.</summary>
    /// <exception cref="ArgumentException">The id is empty, longer than 200 characters, or contains '/'.</exception>
    public void ThrowIfNotForClients()
    {
        if (Value.Length is 0 or > MaxClientLength || IsChild)
        {
            throw new ArgumentException(
                $"'{Value}' cannot be the id of a new process: give 1 to {MaxClientLength} characters of ASCII "
                + $"letters, digits and -._~:@ ('/' is the engine's own).");
        }
    }

    /// <inheritdoc/>
    public int CompareTo(ProcessId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as text.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;

    /// <summary>Orders ids by their characters' codes.</summary>
    public static bool operator <(ProcessId left, ProcessId right) => left.CompareTo(right) < 0;

    /// <summary>Orders ids by their characters' codes.</summary>
    public static bool operator <=(ProcessId left, ProcessId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders ids by their characters' codes.</summary>
    public static bool operator >(ProcessId left, ProcessId right) => left.CompareTo(right) > 0;

    /// <summary>Orders ids by their characters' codes.</summary>
    public static bool operator >=(ProcessId left, ProcessId right) => left.CompareTo(right) >= 0;

    private static string HashOf(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16));

    private static string? Check(string value)
    {
        if (value.Length == 0)
        {
            return "A process id must not be empty.";
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var own = slash < 0 ? value.Length : slash;
        if (own == 0)
        {
            return $"The process id '{value[..Math.Min(40, value.Length)]}' begins with '/': the id of the process at "
                + $"the root of the tree is missing.";
        }

        if (own > MaxClientLength || value.Length > MaxLength)
        {
            return $"The process id '{value[..Math.Min(40, value.Length)]}…' has {value.Length} characters; "
                + $"{MaxClientLength} are allowed ({MaxLength} with the engine's suffixes for children).";
        }

        foreach (var segment in value.Split('/'))
        {
            var illegal = segment.AsSpan().IndexOfAnyExcept(Legal);
            if (illegal >= 0 || segment.Length == 0)
            {
                return illegal >= 0
                    ? $"The process id '{value}' has the illegal character '{segment[illegal]}' "
                        + $"(U+{(int)segment[illegal]:X4}); ASCII letters, digits and -._~:@ are legal."
                    : $"The process id '{value}' has an empty part beside '/'.";
            }
        }

        return null;
    }
}

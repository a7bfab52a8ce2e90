using System.Globalization;
using System.Text.RegularExpressions;

namespace Orleans.Workflows;

/// <summary>
/// A way in which a process can finish other than with success: declared once, returned by steps and outlines, compared
/// by callers.
/// </summary>
/// <example>
/// <code>
/// public static readonly ExitCode NoStock = new(410, "NO_STOCK", "Only {available} of {wanted} are in stock."); ...
/// return NoStock.With(("available", 3), ("wanted", 5));
/// </code>
/// </example>
public sealed partial record ExitCode
{
    /// <summary>Declares an exit code.</summary>
    /// <param name="status">The number, 100 or more: below are the engine's (<see cref="EngineExitCodes"/>).</param>
    /// <param name="label">
    /// The name in capitals, digits and underscores, 1 to 100 characters. Unique in its definition, as the number is.
    /// </param>
    /// <param name="message">Why it is given, with arguments in braces: <c>{wanted}</c>.</param>
    /// <exception cref="ArgumentException">
    /// The status is below 100, or the label or message is not as described.
    /// </exception>
    public ExitCode(int status, string label, string message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, EngineExitCodes.FirstOfDefinitions);
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        if (label.Length > 100 || !Labels().IsMatch(label))
        {
            throw new ArgumentException(
                $"The label '{label}' is not one of 1 to 100 capital letters, digits and underscores that begins with "
                + "a letter.",
                nameof(label));
        }

        Status = status;
        Label = label;
        Message = message;
    }

    /// <summary>The number.</summary>
    public int Status { get; }

    /// <summary>The name.</summary>
    public string Label { get; }

    /// <summary>Why it is given. A template until <see cref="With"/> has filled it in.</summary>
    public string Message { get; private init; }

    /// <summary>
    /// Whether the message is filled in: what looks like an argument in it then is text that was given.
    /// </summary>
    private bool IsFilledIn { get; init; }

    /// <summary>The names of the arguments that the message has and that are not filled in, in their order.</summary>
    public IReadOnlyList<string> Arguments =>
        IsFilledIn
            ? []
            : [.. Placeholders().Matches(Message).Select(static match => match.Groups[1].Value).Distinct()];

    /// <summary>Fills the message in.</summary>
    /// <param name="arguments">Each argument of the message by its name, once.</param>
    /// <returns>The exit code with its text; numbers and times are written in the invariant culture.</returns>
    /// <exception cref="ArgumentException">An argument is missing, or is none of the message's.</exception>
    public ExitCode With(params (string Name, object? Value)[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var given = arguments.ToDictionary(
            static a => a.Name,
            static a => Convert.ToString(a.Value, CultureInfo.InvariantCulture) ?? "",
            StringComparer.Ordinal);
        var missing = Arguments.Except(given.Keys).ToList();
        var unknown = given.Keys.Except(Arguments).ToList();
        return missing.Count == 0 && unknown.Count == 0
            ? this with
            {
                IsFilledIn = IsFilledIn || Arguments.Count > 0,
                Message = Placeholders()
                    .Replace(Message, match => given.GetValueOrDefault(match.Groups[1].Value, match.Value)),
            }
            : throw new ArgumentException(
                $"The message of {Label} ('{Message}') has no argument [{string.Join(", ", unknown)}] and needs "
                + $"[{string.Join(", ", missing)}].",
                nameof(arguments));
    }

    /// <summary>Number, label and message.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Status} {Label}: {Message}";

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Placeholders();
}

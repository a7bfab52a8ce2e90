using System.Globalization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Texts of others in commands that an operator pastes into a shell.</summary>
internal static class ShellText
{
    /// <summary>
    /// One argument of a command, whatever is in it. What cannot be seen is not repeated: a place holder is.
    /// </summary>
    public static string Quoted(string text) =>
        text.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format)
            ? "SIGNAL-ID"
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

using System.Globalization;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads whole numbers.</summary>
internal static class WholeNumber
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">Digits.</param>
    /// <param name="least">The least that is legal, 0 or more.</param>
    /// <param name="most">The most that is legal.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static int Parse(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from {least} to {most}.");
}

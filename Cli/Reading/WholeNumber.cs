using System.Globalization;
using System.Numerics;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads whole numbers.</summary>
internal static class WholeNumber
{
    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="text">Digits.</param>
    /// <param name="least">The least that is legal, 0 or more.</param>
    /// <param name="most">The most that is legal.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static T Parse<T>(string text, T least, T most)
        where T : IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new FormatException($"'{text}' is no number from {least} to {most}.");
}

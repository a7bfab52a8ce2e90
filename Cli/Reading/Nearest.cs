namespace Orleans.Workflows.Cli.Reading;

/// <summary>Guesses which name was meant.</summary>
internal static class Nearest
{
    private const int MostEdits = 3;

    /// <summary>Finds the known name that is nearest to a word.</summary>
    /// <returns>The name; null when none is near: at most three changes away, and at most half of the word.</returns>
    public static string? To(string word, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(word.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(guess => guess.Edits <= Math.Min(MostEdits, word.Length / 2))
        .OrderBy(static guess => guess.Edits)
        .ThenBy(static guess => guess.Name, StringComparer.Ordinal)
        .Select(static guess => guess.Name)
        .FirstOrDefault();

    /// <summary>
    /// How many characters must be put in, left out, replaced or swapped to make one word of another.
    /// </summary>
    private static int Edits(string word, string name)
    {
        var edits = new int[word.Length + 1, name.Length + 1];
        for (var row = 0; row <= word.Length; row++)
        {
            for (var column = 0; column <= name.Length; column++)
            {
                edits[row, column] = row == 0 || column == 0 ? row + column : Math.Min(
                    edits[row - 1, column - 1] + (word[row - 1] == name[column - 1] ? 0 : 1),
                    1 + Math.Min(edits[row - 1, column], edits[row, column - 1]));
                if (row > 1 && column > 1 && word[row - 1] == name[column - 2] && word[row - 2] == name[column - 1])
                {
                    edits[row, column] = Math.Min(edits[row, column], edits[row - 2, column - 2] + 1);
                }
            }
        }

        return edits[word.Length, name.Length];
    }
}

using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>Columns of text. All but the last are always whole, so that ids can be copied.</summary>
/// <param name="width">How many characters a line has; null for any number.</param>
/// <param name="hasColors">Whether inks are shown.</param>
internal sealed class TextTable(int? width, bool hasColors)
{
    private const string Gap = "  ";

    /// <summary>With less room than this at the end of a line, the last column stands below it.</summary>
    private const int LeastRoom = 20;

    private static readonly string Below = new(' ', 4);

    /// <summary>Aligns rows to the left.</summary>
    /// <param name="rows">The rows; each has the same number of cells.</param>
    /// <param name="cutsLast">
    /// Whether a last cell that does not fit is cut, with an ellipsis, in place of being folded.
    /// </param>
    /// <returns>The lines, without spaces at their end.</returns>
    public IEnumerable<string> Align(IReadOnlyList<Cell[]> rows, bool cutsLast)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var seen = rows.Select(static row => Array.ConvertAll(row, Seen)).ToList();
        var columns = Enumerable.Range(0, seen[0].Length - 1)
            .Select(column => seen.Max(row => row[column].Text!.Length))
            .ToArray();
        return seen.SelectMany(row => Lines(row, columns, cutsLast));
    }

    private IEnumerable<string> Lines(Cell[] row, int[] columns, bool cutsLast)
    {
        var start = string.Concat(columns.Select((column, at) => Inked(row[at], row[at].Text!.PadRight(column)) + Gap));
        var used = columns.Sum(static column => column + Gap.Length);
        var (last, room) = (row[^1], width - used ?? int.MaxValue);
        if (last.Text!.Length <= Math.Max(room, 0))
        {
            return [(start + Inked(last, last.Text)).TrimEnd()];
        }

        var isBeside = room >= LeastRoom;
        if (last.Ink == Ink.Head && !isBeside)
        {
            return [start.TrimEnd()];
        }

        var (indent, most) = isBeside
            ? (new string(' ', used), room)
            : (Below, Math.Max(width!.Value - Below.Length, LeastRoom));
        var parts = cutsLast ? [Cut(last.Text, most)] : Fold(last.Text, most);
        var folded = parts.Select(part => indent + Inked(last, part));
        return isBeside ? folded.Skip(1).Prepend(start + Inked(last, parts[0])) : folded.Prepend(start.TrimEnd());
    }

    private static Cell Seen(Cell cell) => cell with { Text = VisibleText.Of(cell.Text) };

    private static string Cut(string text, int most) =>
        text.Length > most ? $"{StorableText.Shorten(text, most - 1)}…" : text;

    /// <summary>Folds a text between words; a word that is longer than a line, anywhere between characters.</summary>
    private static List<string> Fold(string text, int most)
    {
        var lines = new List<string>();
        for (var rest = text; ;)
        {
            if (rest.Length <= most)
            {
                lines.Add(rest);
                return lines;
            }

            var space = rest.LastIndexOf(' ', most);
            var line = space > 0 ? rest[..space] : StorableText.Shorten(rest, most);
            lines.Add(line.TrimEnd());
            rest = rest[line.Length..].TrimStart();
        }
    }

    private string Inked(Cell cell, string text) => !hasColors || text.Length == 0 ? text : cell.Ink switch
    {
        Ink.Head => $"\e[1m{text}\e[0m",
        Ink.Good => $"\e[32m{text}\e[0m",
        Ink.Odd => $"\e[33m{text}\e[0m",
        Ink.Bad => $"\e[31m{text}\e[0m",
        _ => text,
    };
}

namespace Orleans.Workflows.RandomPrograms.Model;

/// <summary>Compares what has happened with what is allowed. Pure.</summary>
public static class Judge
{
    /// <summary>Finds what is not allowed.</summary>
    /// <param name="expected">What is allowed.</param>
    /// <param name="seen">What has happened.</param>
    /// <returns>The faults, each a sentence; none when all is well.</returns>
    public static IEnumerable<string> FaultsOf(Expectation expected, Observed seen)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(seen);
        var ended = seen.State == expected.End.State && seen.ExitCode == expected.End.ExitCode;
        var killed =
            expected.MayBeKilled
            && seen.State == ExpectedEnd.Killed.State
            && seen.ExitCode == ExpectedEnd.Killed.ExitCode;
        if (!ended && !killed)
        {
            yield return $"{seen.Id} is {seen.Summary()}; allowed: {string.Join(" or ", expected.Ends())}";
        }

        var notes = expected
            .Notes.TakeWhile(note => seen.Notes.ContainsKey(ExpectedNote.Key(note.Instruction)))
            .ToList();
        if (notes.Count < expected.Notes.Count && !killed)
        {
            yield return $"{seen.Id} lacks the note {ExpectedNote.Key(expected.Notes[notes.Count].Instruction)}: it "
                + $"has {Text(seen.Notes)}";
        }

        if (seen.Notes.Count > notes.Count)
        {
            yield return $"{seen.Id} has notes that it should not have: {Text(seen.Notes)}, expected "
                + $"{string.Join(", ", notes.Select(static note => ExpectedNote.Key(note.Instruction)))}";
        }

        foreach (
            var note in notes.Where(note =>
                !note.Allowed.Contains(seen.Notes[ExpectedNote.Key(note.Instruction)], StringComparer.Ordinal)))
        {
            yield return $"{seen.Id} has the note {ExpectedNote.Key(note.Instruction)} = "
                + $"'{seen.Notes[ExpectedNote.Key(note.Instruction)]}'; allowed: {string.Join(" or ", note.Allowed)}";
        }

        foreach (var note in notes.Where(note => note.Group < seen.Groups.Count))
        {
            var ends = string.Join(", ", seen.Groups[note.Group!.Value].Select(static child => child.Summary()));
            if (seen.Notes[ExpectedNote.Key(note.Instruction)] != ends)
            {
                yield return $"{seen.Id} was told of its children: {seen.Notes[ExpectedNote.Key(note.Instruction)]}; "
                    + $"they are {ends}";
            }
        }

        if (seen.Reach > expected.Reach)
        {
            yield return $"{seen.Id} has begun the instruction {seen.Reach}; the last one is {expected.Reach}";
        }

        if (seen.Groups.Count > expected.Groups.Count || (seen.Groups.Count < expected.Groups.Count && !killed))
        {
            yield return $"{seen.Id} has started children {seen.Groups.Count} times; expected {expected.Groups.Count}";
        }

        foreach (
            var fault in seen
                .Groups.Zip(expected.Groups)
                .SelectMany(pair => FaultsOfGroup(seen, pair.Second, pair.First)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOfGroup(
        Observed parent,
        IReadOnlyList<Expectation> expected,
        IReadOnlyList<Observed> seen) =>
        expected.Count == seen.Count
            ? seen.Zip(expected).SelectMany(static pair => FaultsOf(pair.Second, pair.First))
            : [$"{parent.Id} has started {seen.Count} children at once; expected {expected.Count}"];

    private static string Text(IReadOnlyDictionary<string, string> notes) =>
        $"[{string.Join(", ", notes.OrderBy(static note => note.Key).Select(static note => $"{note.Key}={note.Value}"))}]";
}

namespace Orleans.Workflows.CrashHost.Driving;

/// <summary>Holds the ledger against what the engine promises about steps.</summary>
public static class LedgerCheck
{
    /// <summary>Checks the lines of one process that has finished.</summary>
    /// <param name="lines">Its lines, in the order in which they were written.</param>
    /// <param name="steps">How many steps it completed and writes about.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IEnumerable<string> Faults(IReadOnlyList<LedgerLine> lines, int steps, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Select(static line => line.RunId).Distinct().Count() != 1)
        {
            yield return "it has not exactly one run id";
        }

        var completed = lines
            .Where(static line => line.Ended)
            .Select(static line => line.Number)
            .Distinct()
            .Order()
            .ToList();
        if (!completed.SequenceEqual(Enumerable.Range(first, steps)))
        {
            yield return $"the keys of completed steps are {string.Join(",", completed)}, expected {first} to "
                + $"{first + steps - 1}";
        }

        foreach (
            var key in lines
                .GroupBy(static line => line.Number)
                .Where(static key => key.Select(static line => line.Step).Distinct().Count() > 1))
        {
            yield return $"key {key.Key} stands for more than one step: "
                + $"{string.Join(",", key.Select(static line => line.Step).Distinct())}";
        }

        foreach (
            var twice in lines
                .GroupBy(static line => (line.Number, line.Attempt, line.Ended))
                .Where(static same => same.Count() > 1))
        {
            yield return $"key {twice.Key.Number} attempt {twice.Key.Attempt} {(twice.Key.Ended ? "ended" : "began")} "
                + $"{twice.Count()} times";
        }

        foreach (var fault in OutOfOrder(lines))
        {
            yield return fault;
        }
    }

    /// <summary>
    /// A record of step k after one of step k + 1 is a fault, unless a higher attempt of k completed before: then it is
    /// of an attempt that was given up.
    /// </summary>
    private static IEnumerable<string> OutOfOrder(IReadOnlyList<LedgerLine> lines)
    {
        var reached = -1;
        var highestEnded = new Dictionary<int, int>();
        foreach (var line in lines)
        {
            var highest = highestEnded.GetValueOrDefault(line.Number);
            if (line.Number < reached && highest <= line.Attempt)
            {
                yield return $"key {line.Number} attempt {line.Attempt} {(line.Ended ? "ended" : "began")} after key "
                    + $"{reached}";
            }

            reached = Math.Max(reached, line.Number);
            if (line.Ended)
            {
                highestEnded[line.Number] = Math.Max(highest, line.Attempt);
            }
        }
    }
}

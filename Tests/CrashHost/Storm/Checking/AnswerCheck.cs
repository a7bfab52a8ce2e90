using Orleans.Workflows.CrashHost.Storm.Clients;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>What clients are told of an end is what the database has, every time.</summary>
internal static class AnswerCheck
{
    /// <summary>Checks the answers about a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="told">What its client asked and was told.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(ProcessEvidence process, IReadOnlyList<ClientLine> told)
    {
        var answers = told.Where(static line => line is { Kind: CallKind.Result, Phase: CallPhase.Ok })
            .Select(static line => line.Answer!)
            .Distinct()
            .ToList();
        if (answers.Count > 1)
        {
            yield return new Violation(
                ViolationKind.AnswersDiffer,
                process.Id,
                $"clients were told {string.Join(" and ", answers)}");
        }

        if (told.Count > 0 && told.All(static line => line.Kind is not CallKind.Done))
        {
            yield return new Violation(
                ViolationKind.NotTold,
                process.Id,
                $"its client is not done with it; its last line is {told[^1].Kind} {told[^1].Phase}");
        }

        if (answers.Count > 0 && !process.Ended)
        {
            yield return new Violation(
                ViolationKind.ToldTooSoon,
                process.Id,
                $"a client was told '{answers[0]}', and it is {process.State}");
        }
        else if (answers.Any(answer => answer != process.End))
        {
            yield return new Violation(
                ViolationKind.ToldOtherwise,
                process.Id,
                $"a client was told '{answers.First(answer => answer != process.End)}', and the database has "
                + $"'{process.End}'");
        }
    }
}

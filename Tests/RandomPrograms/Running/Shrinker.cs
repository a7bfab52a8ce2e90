using System.Diagnostics;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Looks for the smallest program, and the least chaos, that fails.</summary>
/// <param name="runs">Runs the candidates.</param>
/// <param name="limit">How long it may look.</param>
internal sealed class Shrinker(Attempts runs, TimeSpan limit)
{
    /// <summary>A failure that needs luck shows sooner among copies.</summary>
    private const int Copies = 12;

    private const int Suspects = 5;
    private const int Tries = 3;

    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>How many candidates were run.</summary>
    public int Candidates { get; private set; }

    private bool HasTime => Stopwatch.GetElapsedTime(_began) < limit;

    /// <summary>Shrinks a failure.</summary>
    /// <param name="programs">The programs to which it was laid.</param>
    /// <param name="plan">The chaos under which they failed.</param>
    /// <param name="seed">Its seed.</param>
    /// <returns>
    /// The smallest failing program and chaos that was found, with its faults; null when no program fails alone.
    /// </returns>
    public async Task<(RandomProgram Program, ChaosPlan Plan, IReadOnlyList<string> Faults)?> ShrinkAsync(
        IReadOnlyList<RandomProgram> programs,
        ChaosPlan plan,
        int seed)
    {
        foreach (
            var program in Enumerable
                .Repeat(programs.OrderBy(Weight).Take(Suspects), Tries)
                .SelectMany(static suspects => suspects))
        {
            if (await FailsAsync(program, plan, seed) is { } faults)
            {
                return await ShrinkAsync(program, plan, seed, faults);
            }
        }

        return null;
    }

    private async Task<(RandomProgram Program, ChaosPlan Plan, IReadOnlyList<string> Faults)> ShrinkAsync(
        RandomProgram program,
        ChaosPlan plan,
        int seed,
        IReadOnlyList<string> faults)
    {
        var calmer = new[] { ChaosPlan.Nothing with { Silos = 1 }, plan with { Kinds = [] } }
            .Concat(plan.Kinds.Select(kind => plan with { Kinds = [.. plan.Kinds.Where(other => other != kind)] }))
            .ToList();
        for (var at = 0; at < calmer.Count && plan.Kinds.Count > 0; at++)
        {
            var candidate = at < 2 ? calmer[at] : plan with { Kinds = [.. plan.Kinds.Intersect(calmer[at].Kinds)] };
            if (await FailsAsync(program, candidate, seed) is { } still)
            {
                (plan, faults) = (candidate, still);
            }
        }

        // What came through is not tried again: smaller programs have many of the same parts.
        var tried = new HashSet<string>(StringComparer.Ordinal);
        for (var found = true; found;)
        {
            found = false;
            foreach (var candidate in Shrinks.Of(program).Where(smaller => Weight(smaller) < Weight(program)))
            {
                if (tried.Add(ProgramText.Write(candidate)) && await FailsAsync(candidate, plan, seed) is { } still)
                {
                    (program, faults, found) = (candidate, still, true);
                    break;
                }
            }
        }

        return (program, plan, faults);
    }

    private async Task<IReadOnlyList<string>?> FailsAsync(RandomProgram program, ChaosPlan plan, int seed)
    {
        if (!HasTime)
        {
            return null;
        }

        Candidates++;
        var report = await runs.RunAsync([.. Enumerable.Repeat(program, Copies)], plan, seed);
        return report.Faults.Count > 0 ? report.Faults : null;
    }

    private static int Weight(RandomProgram program) => ProgramText.Write(program).Length;
}

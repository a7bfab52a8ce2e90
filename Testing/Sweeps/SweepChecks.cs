using System.Text;

namespace Orleans.Workflows.Testing;

/// <summary>Holds runs against what must be true of each.</summary>
/// <param name="type">The process type.</param>
/// <param name="uninterrupted">The run that the others have to equal; null for none.</param>
/// <param name="expect">What the test expects.</param>
internal sealed class SweepChecks(string type, SweepRun? uninterrupted, Action<SweepRun> expect)
{
    private readonly List<(CrashPoint? Point, string Fault)> _faults = [];
    private Exception? _first;

    /// <summary>Checks a run.</summary>
    public void Check(SweepRun run)
    {
        var faults = FaultsOf(run).ToList();
        try
        {
            expect(run);
        }
        catch (Exception e)
        {
            // Whatever an assertion throws is what is wrong with this run; the others are looked at all the same.
            _first ??= e;
            faults.Add(e.Message);
        }

        if (faults.Count > 0)
        {
            _faults.Add((run.CrashPoint, $"{(run.CutAt is null ? "" : $"({run.CutAt}) ")}{string.Join("; ", faults)}"));
        }
    }

    /// <summary>Reports what was found.</summary>
    /// <exception cref="SweepFailedException">Something was.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new SweepFailedException(type, _faults, _first);
        }
    }

    private IEnumerable<string> FaultsOf(SweepRun run)
    {
        var versions = run.History.Select(static entry => entry.Version);
        if (!versions.SequenceEqual(Enumerable.Range(1, run.History.Count).Select(static version => (long)version)))
        {
            yield return $"the versions of its history are {string.Join(",", versions)}";
        }

        var ends = run.Happened.Count(static kind =>
            kind is HistoryKind.Finished or HistoryKind.Excepted or HistoryKind.Killed);
        if (
            ends != 1
            || run.History[^1]
                .Events.All(static happened =>
                    happened.Kind is not (HistoryKind.Finished or HistoryKind.Excepted or HistoryKind.Killed)))
        {
            yield return $"its history has {ends} ends: {string.Join(",", run.Happened)}";
        }

        if (uninterrupted is null)
        {
            yield break;
        }

        if (EndOf(run) != EndOf(uninterrupted))
        {
            yield return $"it ended as {EndOf(run)}, and without a crash as {EndOf(uninterrupted)}";
        }

        var (effects, expected) = (EffectsOf(run), EffectsOf(uninterrupted));
        if (!effects.SequenceEqual(expected))
        {
            yield return $"its effects are [{string.Join(", ", effects)}], and without a crash "
                + $"[{string.Join(", ", expected)}]";
        }
    }

    private static string EndOf(SweepRun run) =>
        ($"{run.Outcome.State} {run.Outcome.ExitCode} {Named(run, run.Outcome.Message)} "
            + Named(run, run.Outcome.Output is null ? null : Encoding.UTF8.GetString(run.Outcome.Output))).TrimEnd();

    private static List<string> EffectsOf(SweepRun run) =>
        [
            .. run
                .Effects.Select(effect =>
                    $"{Named(run, effect.ProcessId.Value)} {effect.Position}: {Named(run, effect.What)}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Texts may name the process, which is another in each run.</summary>
    private static string? Named(SweepRun run, string? text) =>
        text?.Replace(run.Id.Value, "{id}", StringComparison.Ordinal);
}

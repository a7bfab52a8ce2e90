using System.Diagnostics;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Runs as many random programs as fit in a time, and shrinks the first failure.</summary>
/// <param name="settings">How.</param>
/// <param name="say">Is told what happens, line by line.</param>
internal sealed class Campaign(CampaignSettings settings, Action<string> say)
{
    private const int FirstBatch = 40;
    private const int LargestBatch = 600;

    private static readonly TimeSpan WantedBatch = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private (int Batches, int Programs, int Processes, int Steps, int Attempts, int Acts) _sum;

    /// <summary>Runs programs.</summary>
    /// <param name="attempts">Runs the batches.</param>
    /// <returns>
    /// What is wrong, with the smallest failing program and how to repeat it; null when all was well.
    /// </returns>
    public async Task<string?> RunAsync(Attempts attempts)
    {
        var said = TimeSpan.Zero;
        var lasted = TimeSpan.Zero;
        for (var (number, size) = (0, FirstBatch); _watch.Elapsed + (lasted / 2) < settings.Duration; number++)
        {
            var programs = settings.ProgramsOf(settings.Seed + number, size);
            var began = _watch.Elapsed;
            var report = await attempts.RunAsync(programs, settings.Plan, settings.Seed + number);
            lasted = _watch.Elapsed - began;
            Add(programs.Count, report);
            if (report.Faults.Count > 0)
            {
                Say(attempts);
                return await ExplainAsync(attempts, report, settings.Seed + number);
            }

            size = (int)Math.Clamp(size * (WantedBatch / lasted), FirstBatch, LargestBatch);
            if (_watch.Elapsed - said > Between)
            {
                said = _watch.Elapsed;
                Say(attempts);
            }
        }

        Say(attempts);
        return null;
    }

    private void Add(int programs, BatchReport report) => _sum =
    (
        _sum.Batches + 1,
        _sum.Programs + programs,
        _sum.Processes + report.Processes,
        _sum.Steps + report.Steps,
        _sum.Attempts + report.Attempts,
        _sum.Acts + report.Acts);

    private void Say(Attempts attempts) =>
        say(
            $"{_watch.Elapsed:hh\\:mm\\:ss} {_sum.Programs} programs in {_sum.Batches} batches, {_sum.Processes} "
            + $"processes, {_sum.Steps} steps, "
                + $"{_sum.Attempts} attempts with effects, {_sum.Acts} signals and controls. Faults: {attempts.Faults}"
        );

    private async Task<string> ExplainAsync(Attempts attempts, BatchReport report, int failed)
    {
        var lines = new List<string> { $"{report.Faults.Count} faults in the batch of seed {failed}:" };
        lines.AddRange(report.Faults.Take(20));
        lines.Add($"To repeat: {CampaignSettings.CommandFor(failed)}");
        lines.ForEach(say);
        var shrinker = new Shrinker(attempts, settings.Shrinking);
        var smallest = await shrinker.ShrinkAsync(report.Failed, settings.Plan, failed);
        var found = string.Join(
            Environment.NewLine,
            smallest is { } small
                ?
                [
                    $"The smallest of {shrinker.Candidates} that were tried: {ProgramText.Write(small.Program)}",
                    $"To repeat: {CampaignSettings.CommandFor(small.Program, small.Plan)}",
                    .. small.Faults.Take(5),
                ]
                :
                [
                    $"None of the {report.Failed.Count} programs to which it was laid failed again alone:",
                    .. report.Failed.Take(3).Select(ProgramText.Write),
                ]);
        say(found);
        return string.Join(Environment.NewLine, [.. lines, found]);
    }
}

using System.Diagnostics;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Runs as many random programs as fit in a time, and shrinks the first failure.</summary>
/// <param name="seed">The seed of the first batch; each further one has the next.</param>
/// <param name="plan">What goes wrong.</param>
/// <param name="say">Is told what happens, line by line.</param>
internal sealed class Campaign(int seed, ChaosPlan plan, Action<string> say)
{
    private const int FirstBatch = 40;
    private const int LargestBatch = 600;

    private static readonly TimeSpan WantedBatch = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private (int Batches, int Programs, int Processes, int Steps, int Attempts, int Acts) _sum;

    /// <summary>Runs programs.</summary>
    /// <param name="attempts">Runs the batches.</param>
    /// <param name="duration">For how long; the batch that has begun by then is brought to its end.</param>
    /// <param name="shrinking">How long a failure may be shrunk.</param>
    /// <returns>What is wrong, with the smallest failing program and how to repeat it; null when all was well.</returns>
    public async Task<string?> RunAsync(Attempts attempts, TimeSpan duration, TimeSpan shrinking)
    {
        var said = TimeSpan.Zero;
        var lasted = TimeSpan.Zero;
        for (var (number, size) = (0, FirstBatch); _watch.Elapsed + (lasted / 2) < duration; number++)
        {
            var generator = new Generator(new Random(seed + number));
            IReadOnlyList<RandomProgram> programs = [.. Enumerable.Range(0, size).Select(_ => generator.Next())];
            var began = _watch.Elapsed;
            var report = await attempts.RunAsync(programs, plan, seed + number);
            lasted = _watch.Elapsed - began;
            Add(programs.Count, report);
            if (report.Faults.Count > 0)
            {
                Say(attempts);
                return await ExplainAsync(attempts, report, seed + number, shrinking);
            }

            size = (int)Math.Clamp(size * (WantedBatch / lasted), FirstBatch / 2.0, LargestBatch);
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
        _sum.Acts + report.Acts
    );

    private void Say(Attempts attempts) => say(
        $"{_watch.Elapsed:hh\\:mm\\:ss} {_sum.Programs} programs in {_sum.Batches} batches, {_sum.Processes} processes, {_sum.Steps} steps, "
        + $"{_sum.Attempts} attempts with effects, {_sum.Acts} signals and controls. Faults: {attempts.Faults}");

    private async Task<string> ExplainAsync(Attempts attempts, BatchReport report, int failed, TimeSpan shrinking)
    {
        var lines = new List<string> { $"{report.Faults.Count} faults in the batch of seed {failed}:" };
        lines.AddRange(report.Faults.Take(20));
        lines.Add($"To repeat: OWF_RANDOM_SEED={failed} dotnet run --project Tests/RandomPrograms -- -class '*RandomProgramTests' -showLiveOutput");
        lines.ForEach(say);
        var shrinker = new Shrinker(attempts, shrinking);
        var smallest = await shrinker.ShrinkAsync(report.Failed, plan, failed);
        var found = smallest is { } small
            ? $"The smallest that fails, of {shrinker.Candidates} candidates: {ProgramText.Write(small.Program)}{Environment.NewLine}with {small.Plan.Silos} silos and {(small.Plan.Kinds.Count == 0 ? "no chaos" : string.Join(", ", small.Plan.Kinds))}:{Environment.NewLine}{string.Join(Environment.NewLine, small.Faults.Take(5))}"
            : $"None of the {report.Failed.Count} programs to which it was laid failed again alone: {string.Join(Environment.NewLine, report.Failed.Take(3).Select(ProgramText.Write))}";
        say(found);
        return string.Join(Environment.NewLine, [.. lines, found]);
    }
}

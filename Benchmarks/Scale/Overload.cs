using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Benchmarks.Targets;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// Twice as many starts as the silo can carry, for a minute. Does it still do what it can, and say at once what it
/// cannot?
/// </summary>
internal sealed class Overload : IScaleScenario
{
    /// <summary>
    /// So many calls may be without an answer: the bound of the benchmark, which has to be far from being reached.
    /// </summary>
    private const int MostUnderWay = 100_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly TimedLatencies _answers = new();
    private readonly TimedLatencies _refusals = new();
    private int _taken;
    private int _refused;
    private int _failed;
    private int _finished;

    private int Finished => Volatile.Read(ref _finished);

    /// <inheritdoc/>
    public string Name => "overload";

    /// <inheritdoc/>
    public async Task RunAsync(
        ScaleOptions options,
        Database database,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        var length = options.Choose(options.For, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(3));
        await using var target = await TargetFactory.StartAsync(
            StoreKind.Postgres,
            database.ConnectionString,
            cancellationToken,
            Configure);
        await using var sql = new ScaleDatabase(database.ConnectionString);
        var peaks = new OverloadPeaks(target, sql, options.Neighbour, length, errors);
        await peaks.WarmUpAsync(cancellationToken);

        var before = SiloMemory.Collected();
        var peak = await peaks.MeasureAsync("before", findings, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"overload-{Guid.CreateVersion7():N}");
        var client = target.Services.GetRequiredService<IProcessClient>();
        var loop = new OpenLoop(options.Rate ?? (2 * peak.Alone), MostUnderWay, index =>
            StartAsync(client, ProcessId.Parse($"{name}-{index:0000000}"), cancellationToken));
        await sql.TidyAsync(cancellationToken);
        var parts = await OfferAsync(loop, length, options.Neighbour, findings, errors, cancellationToken);
        findings.Note("resident memory before", before.ResidentMiB, "MiB");

        findings.Require(
            "every start has an answer or an error in the end",
            await loop.SettleAsync(TimeSpan.FromSeconds(60), cancellationToken));
        await EndedAsync(name, sql, findings, cancellationToken);
        await Task.Delay(options.Quick ? TimeSpan.FromSeconds(1) : Rest, TimeProvider.System, cancellationToken);
        findings.Note("memory before, and after all have ended", $"{before}; {SiloMemory.Collected()}");
        var after = await peaks.MeasureAsync("after", findings, cancellationToken);
        findings.Judge("peak again >= 90 % of the peak", after.Alone >= 0.9 * peak.Alone);

        // Machines drift within minutes; what came between the two is compared with both.
        foreach (var part in parts)
        {
            part.Judge(
                options.Quick,
                (part.IsBeside ? peak.Beside + after.Beside : peak.Alone + after.Alone) / 2,
                _answers,
                _refusals,
                findings);
        }
    }

    /// <summary>Offers the load, with a neighbour in the middle third if that is wanted.</summary>
    private async Task<IReadOnlyList<OverloadPart>> OfferAsync(
        OpenLoop loop,
        TimeSpan length,
        bool withNeighbour,
        Findings findings,
        TextWriter errors,
        CancellationToken cancellationToken)
    {
        findings.Note("offered", $"{loop.PerSecond:N0}/s for {length.TotalSeconds:N0} s");
        var load = loop.RunAsync(length, cancellationToken);
        var parts = new List<OverloadPart>();
        var resident = 0.0;
        foreach (
            var title in withNeighbour
                ? (string[])["first third", "beside the neighbour", "last third"]
                : ["all the time"])
        {
            using var neighbour = withNeighbour && parts.Count == 1 ? Neighbour.Start(length) : null;
            var part = OverloadPart.Begin(title, isBeside: neighbour is not null, Finished);
            var until = (withNeighbour ? length / 3 : length) * (parts.Count + 1);
            for (var i = 0; loop.Elapsed < until && !load.IsCompleted; i++)
            {
                await Task.WhenAny(
                    load,
                    Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken));
                if (i % 10 == 9)
                {
                    resident = Math.Max(resident, SiloMemory.Read().ResidentMiB);
                    errors.WriteLine(
                        $"overload, {title}: {loop.Begun:N0} offered, {_taken:N0} taken, {_refused:N0} refused, "
                        + $"{loop.UnderWay:N0} without an answer, {part.Ended(Finished):N0} ended");
                }
            }

            part.End(Finished, neighbour?.End());
            parts.Add(part);
        }

        await load;
        findings.Note(
            "starts taken, refused as overload, failed, still under way",
            $"{_taken:N0}, {_refused:N0}, {_failed:N0}, {loop.UnderWay:N0}");
        findings.Note("starts left out by the benchmark's own bound", loop.LeftOut);
        findings.Note("resident memory at most", resident, "MiB");
        return parts;
    }

    /// <summary>A client without patience: it would try again, and the load would not be what is offered.</summary>
    private void Configure(IHostApplicationBuilder host)
    {
        Observing.Add(host, Committed);
        host.Services.Configure<WorkflowClientOptions>(static client => client.OverloadTimeout = TimeSpan.Zero);
    }

    private void Committed(ProcessRow row)
    {
        if (row.State == ProcessState.Finished)
        {
            Interlocked.Increment(ref _finished);
        }
    }

    private async Task StartAsync(IProcessClient client, ProcessId id, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await client.StartAsync(
                BenchmarkTypes.Hello,
                new HelloInput(5, BenchmarkTypes.Carried),
                new StartOptions { Id = id },
                cancellationToken);
            Interlocked.Increment(ref _taken);
            _answers.Note(began);
        }
        catch (WorkflowOverloadedException)
        {
            Interlocked.Increment(ref _refused);
            _refusals.Note(began);
        }
        catch (Exception e) when (e is WorkflowException or OperationCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>What was taken ends; a start without an answer may have been taken or not.</summary>
    private async Task EndedAsync(
        string name,
        ScaleDatabase sql,
        Findings findings,
        CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (
            await sql.ReadAsync(
                $"SELECT count(*) FROM process WHERE finished_at IS NULL AND id LIKE '{name}%'",
                cancellationToken) > 0
            && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(120))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }

        findings.Note(
            "until the last one that was taken had ended",
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            "s",
            decimals: 1);
        findings.Require(
            "every start that was taken has ended well, and none that was refused is there",
            await sql.ReadAsync(
                $"SELECT count(*) FROM process WHERE state = 3 AND id ~ '^{name}-[0-9]+$'",
                cancellationToken)
                is var there
                && there >= _taken
                && there <= _taken + _failed);
    }
}

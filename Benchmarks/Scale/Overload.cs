using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Benchmarks.Processes;
using Orleans.Workflows.Benchmarks.Targets;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>Twice as many starts as the silo can carry, for a minute. Does it still do what it can, and say at once what it cannot?</summary>
internal sealed class Overload : IScaleScenario
{
    private const int AtATime = 512;

    /// <summary>So many calls may be without an answer: the bound of the benchmark, which has to be far from being reached.</summary>
    private const int MostUnderWay = 100_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly TimedLatencies _answers = new();
    private readonly TimedLatencies _refusals = new();
    private int _taken;
    private int _refused;
    private int _failed;
    private int _finished;

    /// <inheritdoc/>
    public string Name => "overload";

    /// <inheritdoc/>
    public async Task RunAsync(ScaleOptions options, Database database, Findings findings, TextWriter errors, CancellationToken cancellationToken)
    {
        var length = options.Choose(options.For, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(3));
        await using var target = await TargetFactory.StartAsync(StoreKind.Postgres, database.ConnectionString, cancellationToken, Configure);
        var client = target.Services.GetRequiredService<IProcessClient>();
        var name = string.Create(CultureInfo.InvariantCulture, $"overload-{Guid.CreateVersion7():N}");

        await PeakAsync(target, $"{name}-warm-up-", length / 2, errors, cancellationToken);
        await using var sql = new ScaleDatabase(database.ConnectionString);

        // All three take as long, and begin with tables that were vacuumed: autovacuum comes in the middle of the minute, whatever the load.
        await sql.TidyAsync(cancellationToken);
        var before = SiloMemory.Collected();
        var peak = await PeakAsync(target, $"{name}-before-", length, errors, cancellationToken);
        var offered = options.Rate ?? (2 * peak);
        findings.Note($"peak, {AtATime} in flight", peak, "processes/s");
        findings.Note("offered", $"{offered:N0}/s for {length.TotalSeconds:N0} s");

        var loop = new OpenLoop(offered, MostUnderWay, index => StartAsync(client, ProcessId.Parse($"{name}-{index:0000000}"), cancellationToken));
        await sql.TidyAsync(cancellationToken);
        var (began, finished) = (Stopwatch.GetTimestamp(), Volatile.Read(ref _finished));
        var load = loop.RunAsync(length, cancellationToken);
        var (resident, unanswered) = (0.0, 0);
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken));
            (resident, unanswered) = (Math.Max(resident, SiloMemory.Read().ResidentMiB), Math.Max(unanswered, loop.UnderWay));
            errors.WriteLine($"overload: {loop.Begun:N0} offered, {_taken:N0} taken, {_refused:N0} refused, {Volatile.Read(ref _finished) - finished:N0} ended");
        }

        await load;
        var goodput = (Volatile.Read(ref _finished) - finished) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        findings.Note("goodput: processes that ended meanwhile", goodput, "processes/s");
        findings.Note("starts taken, refused as overload, failed, still under way", $"{_taken:N0}, {_refused:N0}, {_failed:N0}, {loop.UnderWay:N0}");
        findings.Note("starts left out by the benchmark's own bound", loop.LeftOut);
        findings.NoteLatencies("answers to starts that were taken", _answers.Take());
        findings.NoteLatencies("answers to starts that were refused", _refusals.Take());
        findings.Note("calls without an answer at a time, at most", unanswered);
        findings.Note("resident memory before, at most", $"{before.ResidentMiB:N0}, {resident:N0} MiB");

        findings.Require("every start has an answer or an error in the end", await loop.SettleAsync(TimeSpan.FromSeconds(60), cancellationToken));
        await EndedAsync(name, sql, findings, cancellationToken);
        await Task.Delay(options.Quick ? TimeSpan.FromSeconds(1) : Rest, TimeProvider.System, cancellationToken);
        await sql.TidyAsync(cancellationToken);
        findings.Note("memory before, and after all have ended", $"{before}; {SiloMemory.Collected()}");
        var after = await PeakAsync(target, $"{name}-after-", length, errors, cancellationToken);
        findings.Note("peak again", after, "processes/s");
        findings.Judge("peak again >= 90 % of the peak", after >= 0.9 * peak);

        // Machines drift within minutes; what came between the two is compared with both.
        findings.Note("goodput : mean of the peaks", goodput / ((peak + after) / 2), "", decimals: 2);
        findings.Judge("goodput >= 90 % of the mean of the peaks", goodput >= 0.9 * (peak + after) / 2);
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

    /// <summary>A closed loop: each process is followed by the next when it has ended.</summary>
    private static async Task<double> PeakAsync(Target target, string prefix, TimeSpan length, TextWriter errors, CancellationToken cancellationToken)
    {
        var (index, ended, began) = (0, 0, Stopwatch.GetTimestamp());
        var plan = new Load.LoadPlan(Load.LoadKind.RunToEnd, prefix, int.MaxValue, 5, AtATime, length);
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(_ => Task.Run(LoopAsync, cancellationToken)));
        var peak = ended / Stopwatch.GetElapsedTime(began).TotalSeconds;
        errors.WriteLine($"overload: {peak:N0} processes/s with {AtATime} in flight");
        return peak;

        async Task LoopAsync()
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                await target.Client.DoAsync(plan, plan.IdOf(Interlocked.Increment(ref index)), cancellationToken);
                Interlocked.Increment(ref ended);
            }
        }
    }

    private async Task StartAsync(IProcessClient client, ProcessId id, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await client.StartAsync(BenchmarkTypes.Hello, new HelloInput(5, BenchmarkTypes.Carried), new StartOptions { Id = id }, cancellationToken);
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
    private async Task EndedAsync(string name, ScaleDatabase sql, Findings findings, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (await sql.ReadAsync($"SELECT count(*) FROM process WHERE finished_at IS NULL AND id LIKE '{name}%'", cancellationToken) > 0
            && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(120))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }

        findings.Note("until the last one that was taken had ended", Stopwatch.GetElapsedTime(began).TotalSeconds, "s", decimals: 1);
        findings.Require(
            "every start that was taken has ended well, and none that was refused is there",
            await sql.ReadAsync($"SELECT count(*) FROM process WHERE state = 3 AND id ~ '^{name}-[0-9]+$'", cancellationToken) is var there
            && there >= _taken && there <= _taken + _failed);
    }
}

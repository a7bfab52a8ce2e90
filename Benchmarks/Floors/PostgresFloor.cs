using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Orleans.Workflows.Benchmarks.Measures;
using Orleans.Workflows.Benchmarks.Reporting;
using Orleans.Workflows.Benchmarks.Targets;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Benchmarks.Floors;

/// <summary>What PostgreSQL does with the store's statement when nobody but pgbench asks it.</summary>
/// <param name="database">The database, with its schema.</param>
internal sealed partial class PostgresFloor(Database database)
{
    /// <summary>
    /// The place in the figures of that by which steps/s are divided: single-row transactions of 16 clients.
    /// </summary>
    public const int Ratio = 1;

    private const string Single = "step commit, one row";
    private const string Batched = "step commit, batched";

    private static readonly (string Name, int Clients, int Rows)[] Shapes =
    [
        (Single, 1, 1),
        (Single, 16, 1),
        (Single, 64, 1),
        (Batched, 2, 64),
        (Batched, 2, 256),
    ];

    /// <summary>Measures every shape and removes the rows.</summary>
    /// <param name="seconds">How long each.</param>
    /// <param name="progress">Is told what is measured.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The figures.</returns>
    public async Task<IReadOnlyList<FloorFigure>> MeasureAsync(
        int seconds,
        Action<string> progress,
        CancellationToken cancellationToken)
    {
        var figures = new List<FloorFigure>();
        await using var meter = await DatabaseMeter.OpenAsync(database.ConnectionString, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("owf-floor-");
        try
        {
            progress("making rows");
            foreach (
                var statement in StepCommitScript
                    .Rows(Shapes.Max(static shape => shape.Clients))
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                await ExecuteAsync(statement, cancellationToken);
            }

            foreach (var (name, clients, rows) in Shapes)
            {
                progress($"{name}, {clients} client(s), {rows} row(s) per transaction");
                var script = Path.Combine(folder.FullName, $"{clients}-{rows}.sql");
                await File.WriteAllTextAsync(script, StepCommitScript.Update(rows), cancellationToken);
                var (began, machine, server, own) = (
                    Stopwatch.GetTimestamp(),
                    MachineCpu.Busy(),
                    await meter.ReadAsync(cancellationToken),
                    MachineCpu.OfEndedChildren());
                var (transactions, latency) = await RunAsync(script, clients, seconds, cancellationToken);
                var used =
                    (await meter.ReadAsync(cancellationToken)).CpuSeconds
                    - server.CpuSeconds
                    + MachineCpu.OfEndedChildren()
                    - own;
                figures.Add(
                    new FloorFigure(
                        name,
                        clients,
                        rows,
                        transactions * rows,
                        latency,
                        (MachineCpu.Busy() - machine - used) / Stopwatch.GetElapsedTime(began).TotalSeconds));
            }

            await ExecuteAsync(
                "DELETE FROM history AS h USING process AS p WHERE p.run_id = 'floor' AND h.number = p.number",
                cancellationToken);
            await ExecuteAsync("DELETE FROM process WHERE run_id = 'floor'", cancellationToken);
            await ExecuteAsync("VACUUM ANALYZE", cancellationToken);
            return figures;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(double PerSecond, double LatencyMs)> RunAsync(
        string script,
        int clients,
        int seconds,
        CancellationToken cancellationToken)
    {
        var threads = Math.Min(clients, Environment.ProcessorCount);
        string[] arguments =
        [
            "--no-vacuum",
            "--protocol=prepared",
            $"--file={script}",
            $"--client={clients}",
            $"--jobs={threads}",
            $"--time={seconds}",
        ];
        var start = new ProcessStartInfo(database.Program("pgbench"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = settings.Username;
        start.Environment["PGPASSWORD"] = settings.Password;
        start.Environment["PGDATABASE"] = settings.Database;
        start.Environment["PGOPTIONS"] = "-c enable_seqscan=off -c jit=off";
        using var pgbench = OsProcess.Start(start)!;
        var (output, errors) = (
            pgbench.StandardOutput.ReadToEndAsync(cancellationToken),
            pgbench.StandardError.ReadToEndAsync(cancellationToken));
        try
        {
            await pgbench.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            pgbench.Kill();
            throw;
        }

        var text = await output;
        return
            pgbench.ExitCode == 0
            && PerSecond().Match(text) is { Success: true } perSecond
            && Latency().Match(text) is { Success: true } latency
            ? (Number(perSecond), Number(latency))
            : throw new BenchmarkException($"pgbench failed with exit code {pgbench.ExitCode}: {text}{await errors}");
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"latency average = ([\d.]+) ms")]
    private static partial Regex Latency();
}

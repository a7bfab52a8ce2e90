using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.Benchmarks.Floors;

/// <summary>
/// The store's own statement for the commits of steps, as a script of pgbench: the values, which the silo sends, are
/// made by the server. Rows are updated whatever their version and last operation are, because nobody tells pgbench
/// what they were.
/// </summary>
internal static partial class StepCommitScript
{
    /// <summary>How many rows each client has for itself.</summary>
    public const int RowsPerClient = 1_024;

    private const string IdOf = "'floor-' || lpad(i::text, 7, '0')";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["id"] = IdOf,
        ["run_id"] = "'floor'",
        ["definition_version"] = "1",
        ["state"] = "1::smallint",
        ["paused"] = "false",
        ["incident"] = "NULL::smallint",
        ["exit_code"] = "NULL::integer",
        ["status_text"] = "NULL::text",
        ["updated_at"] = "clock_timestamp()",
        ["finished_at"] = "NULL::timestamptz",
        ["due_at"] = "NULL::timestamptz",
        ["owner"] = "'S127.0.0.1:11111:134567890'",
        ["version"] = "0::bigint",
        ["operation"] = "gen_random_uuid()",
        ["expected"] = "NULL::uuid",
        ["tags"] = "'{}'",
        ["checkpoint"] = "decode(repeat('7b', 500), 'hex')",
        ["output"] = "NULL::bytea",
        ["failure"] = "NULL::bytea",
        ["events"] = """'[{"kind":3,"text":"0: RunAsync"}]'""",
    };

    /// <summary>Inserts the rows that the scripts update.</summary>
    /// <param name="clients">How many clients there will be at most.</param>
    /// <returns>The SQL.</returns>
    public static string Rows(int clients) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            INSERT INTO process (id, run_id, type, definition_version, state, paused, root, created_at, updated_at,
                owner, slice, version, last_operation, start_request_id, tags, input, checkpoint)
            SELECT {{IdOf}}, 'floor', 'benchmarks/floor', 1, 1, false, {{IdOf}}, now(), now(),
                'S127.0.0.1:11111:134567890', i % 256, 1, gen_random_uuid(), 'floor', '{}', ''::bytea,
                decode(repeat('7b', 500), 'hex')
            FROM generate_series(0, {{clients * RowsPerClient}} - 1) AS i;
            VACUUM ANALYZE process;
            """
        );

    /// <summary>Commits the steps of some processes in one transaction.</summary>
    /// <param name="rows">How many.</param>
    /// <returns>The script.</returns>
    /// <exception cref="BenchmarkException">The store's statement is not as this expects it.</exception>
    public static string Update(int rows)
    {
        var source = Source().Match(RowWrites.UpdateSql);
        var names = source.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries);
        if (!source.Success || names.FirstOrDefault(static name => !Values.ContainsKey(name)) is not null)
        {
            throw new BenchmarkException(
                "The store's statement for steps has changed: give the floor's script values for its columns.");
        }

        var columns = string.Join(", ", names.Select(static name => $"{Values[name]} AS {name}"));
        var made = $"FROM (SELECT {columns} FROM generate_series(:first, :first + {rows - 1}) AS i) AS g";
        var sql = Expected()
            .Replace(Source().Replace(RowWrites.UpdateSql, made), "")
            .Replace("version = g.version,", "version = p.version + 1,", StringComparison.Ordinal);
        return sql.Contains('$', StringComparison.Ordinal) || sql.Contains("g.version", StringComparison.Ordinal)
            ? throw new BenchmarkException(
                "The store's statement for steps has changed: the floor's script cannot be made of it.")
            : $"\\set first :client_id * {RowsPerClient} + random(0, {(RowsPerClient / rows) - 1}) * "
                + $"{rows}{Environment.NewLine}{sql};{Environment.NewLine}";
    }

    [GeneratedRegex(@"FROM unnest\((?:\$\d+(?:, )?)+\)\s+AS g \((?<names>[^)]*)\)")]
    private static partial Regex Source();

    [GeneratedRegex(@" AND p\.version = g\.version - 1 AND p\.last_operation = g\.expected")]
    private static partial Regex Expected();
}

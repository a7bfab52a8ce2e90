using Npgsql;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>The statement that writes the lines that processes report, for all lines of a batch at once.</summary>
internal static class ReportWrites
{
    // The row tells its number and version, and whether it was this commit that wrote it, so a repetition finds the
    // same and adds nothing.
    private const string InsertSql =
        """
        INSERT INTO report (number, version, ordinal, at, level, attempt, position, text)
        SELECT w.number, w.version, g.ordinal, g.at, g.level, g.attempt, g.place, g.line
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS g (writer, operation, ordinal, at, level, attempt, place, line)
            JOIN process AS w ON w.id = g.writer AND w.last_operation = g.operation
        ORDER BY w.number, g.ordinal
        ON CONFLICT (number, version, ordinal) DO NOTHING
        """;

    /// <summary>Appends the lines of commits that were carried out.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<ProcessCommit> commits)
    {
        var lines = commits
            .SelectMany(static c => c.Reports.Select((line, ordinal) => (By: c, Ordinal: ordinal, Line: line)))
            .ToList();
        return Statement
            .Of(InsertSql)
            .WithEach(lines, static l => l.By.Row.Id.Value)
            .WithEach(lines, static l => l.By.OperationId)
            .WithEach(lines, static l => l.Ordinal)
            .WithEach(lines, static l => l.Line.At.ToColumn())
            .WithEach(lines, static l => (short)l.Line.Level)
            .WithEach(lines, static l => l.Line.Attempt)
            .WithEach(lines, static l => l.Line.Position)
            .WithEach(lines, static l => l.Line.Text);
    }
}

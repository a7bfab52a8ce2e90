using System.CommandLine;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Lists processes.</summary>
internal sealed class ListCommand : ClientCommand
{
    private readonly ListFilters _filters = new();

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many at most",
        HelpName = "N",
        DefaultValueFactory = static _ => 50,
        CustomParser = Parsed.One(static text => WholeNumber.Parse(text, 1, 100_000)),
    };

    /// <summary>Makes the command.</summary>
    public ListCommand()
        : base(
            "list",
            "Lists processes, the newest first. Filters are joined by 'and'.",
            "owf list --state Running --state Waiting --type orders/fulfil",
            "owf list --roots --incident --created-after 1d",
            "owf list --tag customer=4711 --limit 500 --json")
    {
        _filters.AddTo(this);
        Add(_limit);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var limit = run.Arguments.GetValue(_limit);
        var query = _filters.Read(run.Arguments) with { PageSize = Math.Min(limit + 1, WorkflowLimits.MaxPageSize) };
        var found = await run
            .Processes.ListAsync(query, run.CancellationToken)
            .Take(limit + 1)
            .ToListAsync(run.CancellationToken);
        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            run.Report.Note($"There are more than {limit}; --limit shows more.");
        }

        if (found.Count == 0
            && query.Type is { } type
            && await TypeGuess.OfAsync(run.Processes, type, run.CancellationToken) is { } guess)
        {
            run.Report.Note($"No live silo has the process type '{type}'. {guess}");
        }

        if (run.Report.IsJson)
        {
            run.Report.Document(found);
        }
        else
        {
            var created = run.Report.IsWide ? "CREATED" : "AGE";
            var heads = Cell.Heads("ID", "TYPE", "STATE", created, "UPDATED", "EXIT", "TEXT");
            run.Report.Table([heads, .. found.Select(process => Row(run.Report, process))], cutsLast: true);
        }

        return ExitCodes.Done;
    }

    private static Cell[] Row(Report report, ProcessSummary process) =>
    [
        process.Id.Value,
        process.Type,
        PlainText.StateOf(process),
        report.Age(process.CreatedAt),
        report.Age(process.UpdatedAt),
        process.ExitCode?.ToString(),
        process.StatusText,
    ];
}

using System.CommandLine;
using Orleans.Workflows.Abstractions;
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
            "owf list --incident --created-after 1d",
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
        var found = await run.Processes.ListAsync(query, run.CancellationToken).Take(limit + 1).ToListAsync(run.CancellationToken);
        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            run.Report.Note($"There are more than {limit}; --limit shows more.");
        }

        if (run.Report.IsJson)
        {
            run.Report.Document(found);
        }
        else
        {
            run.Report.Table([["ID", "TYPE", "STATE", "CREATED", "UPDATED", "EXIT", "TEXT"], .. found.Select(Row)]);
        }

        return ExitCodes.Done;
    }

    private static string[] Row(ProcessSummary process) =>
    [
        process.Id.Value,
        PlainText.Of(process.Type),
        PlainText.StateOf(process),
        PlainText.Of(process.CreatedAt),
        PlainText.Of(process.UpdatedAt),
        process.ExitCode?.ToString() ?? "",
        PlainText.Of(process.StatusText),
    ];
}

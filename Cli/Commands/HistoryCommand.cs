using System.CommandLine;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Lists what happened to a process.</summary>
internal sealed class HistoryCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<int> _after = new("--after")
    {
        Description = "Only what came after this commit",
        HelpName = "N",
        CustomParser = Parsed.One(static text => WholeNumber.Parse(text, 0, int.MaxValue)),
    };

    /// <summary>Makes the command.</summary>
    public HistoryCommand()
        : base(
            "history",
            "Lists what happened to a process, commit by commit.",
            "owf history order-17",
            "owf history order-17 --after 12 --json")
    {
        Add(_id);
        Add(_after);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var entries = await process
            .GetHistoryAsync(run.Arguments.GetValue(_after), run.CancellationToken)
            .ToListAsync(run.CancellationToken);
        if (entries.Count == 0)
        {
            // No entries: there is nothing new, or no such process, which this throws.
            await process.GetStatusAsync(run.CancellationToken);
        }

        if (run.Report.IsJson)
        {
            run.Report.Document(entries);
        }
        else
        {
            var heads = Cell.Heads("COMMIT", run.Report.IsWide ? "AT" : "AGE", "EVENT", "TEXT");
            var rows = entries.SelectMany(entry => entry.Events.Select(what => Row(run.Report, entry, what)));
            run.Report.Table([heads, .. rows]);
        }

        return ExitCodes.Done;
    }

    private static Cell[] Row(Report report, HistoryEntry entry, HistoryEvent what) =>
        [entry.Version.ToString(), report.Age(entry.At), what.Kind.ToString(), what.Text];
}

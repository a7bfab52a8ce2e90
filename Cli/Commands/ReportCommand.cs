using System.CommandLine;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Lists what the steps of a process have reported.</summary>
internal sealed class ReportCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Option<bool> _tree = new("--tree")
    {
        Description = "The lines of the processes that it started too, and of theirs",
    };
    private readonly Option<ReportLevel> _level = new("--level")
    {
        Description = $"At least this level: {string.Join(", ", Enum.GetNames<ReportLevel>())}",
        HelpName = "LEVEL",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parsed.One(EnumText.Parse<ReportLevel>),
        DefaultValueFactory = static _ => ReportLevel.Debug,
    };

    private readonly Option<long> _after = new("--after")
    {
        Description = "Only what came after this line, by its 'sequence' in --json",
        HelpName = "SEQ",
        CustomParser = Parsed.One(static text => WholeNumber.Parse(text, 0, long.MaxValue)),
    };

    /// <summary>Makes the command.</summary>
    public ReportCommand()
        : base(
            "report",
            "Lists what the steps of a process have reported.",
            "owf report order-17",
            "owf report order-17 --tree --level warning",
            "owf report order-17 --after 4211 --json")
    {
        EnumText.Complete<ReportLevel>(_level);
        Add(_id);
        Add(_tree);
        Add(_level);
        Add(_after);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var tree = run.Arguments.GetValue(_tree);
        var entries = await process
            .GetReportsAsync(
                run.Arguments.GetValue(_level),
                tree,
                run.Arguments.GetValue(_after),
                run.CancellationToken)
            .ToListAsync(run.CancellationToken);
        if (entries.Count == 0)
        {
            // No lines: there is nothing to report, or no such process, which this throws.
            await process.GetStatusAsync(run.CancellationToken);
        }

        if (run.Report.IsJson)
        {
            run.Report.Document(entries);
        }
        else
        {
            run.Report.Table(
            [
                Cell.Heads(Columns(tree, run.Report.IsWide ? "AT" : "AGE", "LEVEL", "PROCESS", "STEP", "TEXT")),
                .. entries.Select(entry => Row(run.Report, entry, tree)),
            ]);
        }

        return ExitCodes.Done;
    }

    private static Cell[] Row(Report report, ReportEntry entry, bool tree)
    {
        var level = new Cell(entry.Level.ToString(), InkOf(entry.Level));
        return Columns<Cell>(tree, report.Age(entry.At), level, entry.ProcessId.Value, entry.Position, entry.Text);
    }

    private static T[] Columns<T>(bool tree, T at, T level, T process, T step, T text) =>
        tree ? [at, level, process, step, text] : [at, level, step, text];

    private static Ink InkOf(ReportLevel level) => level switch
    {
        ReportLevel.Warning => Ink.Odd,
        > ReportLevel.Warning => Ink.Bad,
        _ => Ink.Plain,
    };
}

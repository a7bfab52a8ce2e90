using System.CommandLine;
using System.Text.Json.Serialization;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Starts a process.</summary>
internal sealed class StartCommand : ClientCommand
{
    private readonly NewProcess _new = new();
    private readonly Option<TimeSpan> _delay = new("--delay")
    {
        Description = "How long until it begins: 10s, 5m, 2h, 1d or hh:mm:ss",
        HelpName = "DURATION",
        CustomParser = Parsed.One(Duration.Parse),
    };
    private readonly IncidentWait _end = new("Wait until it has ended, and write its output");

    /// <summary>Makes the command.</summary>
    public StartCommand()
        : base(
            "start",
            "Starts a process and writes its id. It is durable then.",
            """owf start orders/fulfil --id order-17 --input '{"customer":"Ada","total":20,"items":["pen"]}' --wait""",
            "owf start orders/fulfil --input-file order.json --tag customer=4711 --deadline 2d",
            "generate-order | owf start orders/fulfil --input-file - --id order-17 --use-existing")
    {
        _new.AddTo(this);
        Add(_delay);
        _end.AddTo(this);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var delay = run.Arguments.GetValue(_delay);
        var process = await _new.MakeAsync(run, (type, input, options) =>
            run.Processes.StartJsonAsync(type, input, options with { Delay = delay }, run.CancellationToken));
        var (outcome, incident) = await _end.AwaitEndAsync(run, process);
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, process.WasCreated, OutcomeDocument.Of(outcome), incident));
        }

        return incident is null ? OutcomeDocument.Tell(run.Report, outcome) : ExitCodes.Incident;
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(
        ProcessId Id,
        bool WasCreated,
        OutcomeDocument? Outcome,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Incident? Incident);
}

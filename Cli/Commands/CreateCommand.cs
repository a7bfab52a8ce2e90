namespace Orleans.Workflows.Cli.Commands;

/// <summary>Creates a process that starts when it is continued.</summary>
internal sealed class CreateCommand : ClientCommand
{
    private readonly NewProcess _new = new();

    /// <summary>Makes the command.</summary>
    public CreateCommand()
        : base(
            "create",
            "Creates a process and writes its id. It is durable then, and starts when it is continued.",
            """owf create orders/fulfil --id order-17 --input '{"customer":"Ada","total":20,"items":["pen"]}'""",
            "owf create orders/fulfil --input-file order.json --tag customer=4711 --json") => _new.AddTo(this);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = await _new.MakeAsync(run, (type, input, options) =>
            run.Processes.CreateJsonAsync(type, input, options, run.CancellationToken));
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, process.WasCreated));
        }
        else if (process.WasCreated)
        {
            run.Report.Note($"It starts with 'owf continue {process.Id}'.");
        }

        return ExitCodes.Done;
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, bool WasCreated);
}

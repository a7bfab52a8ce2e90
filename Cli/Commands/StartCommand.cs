using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Starts a process.</summary>
internal sealed class StartCommand : ClientCommand
{
    private readonly Argument<string> _type = new("TYPE") { Description = "The name of the process type" };
    private readonly Option<byte[]?> _input = new("--input") { Description = "The input; default: {}", HelpName = "JSON", Arity = ArgumentArity.ExactlyOne, CustomParser = Parsed.One(JsonText.Parse) };
    private readonly Option<string?> _inputFile = new("--input-file") { Description = "A file with the input as JSON; - for standard input", HelpName = "FILE" };
    private readonly Option<ProcessId?> _id = new("--id") { Description = "The process's id; default: a new one", HelpName = "ID", CustomParser = Parsed.One<ProcessId?>(static text => NewProcessId.Parse(text)) };
    private readonly Option<bool> _useExisting = new("--use-existing") { Description = "Be content with the process that has the id, if there is one" };
    private readonly Option<TimeSpan> _delay = new("--delay") { Description = "How long until it begins: 10s, 5m, 2h, 1d or hh:mm:ss", HelpName = "DURATION", CustomParser = Parsed.One(Duration.Parse) };
    private readonly Option<bool> _paused = new("--paused") { Description = "Store it paused: nothing runs until it is played" };
    private readonly Option<IReadOnlyDictionary<string, string>> _tags = Tag.CreateOption("A tag, by which it can be found; can be repeated");
    private readonly Option<TimeSpan?> _deadline = new("--deadline") { Description = "How long until it is killed unless it has ended", HelpName = "DURATION", CustomParser = Parsed.One<TimeSpan?>(static text => Duration.Parse(text)) };
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until it has ended, and write its output" };

    /// <summary>Makes the command.</summary>
    public StartCommand()
        : base(
            "start",
            "Starts a process and writes its id. It is durable then.",
            """owf start orders/fulfil --id order-17 --input '{"customer":"Ada","total":20,"items":["pen"]}' --wait""",
            "owf start orders/fulfil --input-file order.json --tag customer=4711 --deadline 2d",
            "generate-order | owf start orders/fulfil --input-file - --id order-17 --use-existing")
    {
        _inputFile.Validators.Add(result => Parsed.Check(result, result.GetResult(_input) is null, "Give --input or --input-file, not both."));
        Add(_type);
        foreach (var option in new Option[] { _input, _inputFile, _id, _useExisting, _delay, _paused, _tags, _deadline, _wait })
        {
            Add(option);
        }
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = await StartAsync(run);
        if (!run.Report.IsJson)
        {
            run.Report.Line(process.Id.Value);
            if (!process.WasCreated)
            {
                run.Report.Note($"The process {process.Id} was there already.");
            }
        }

        var outcome = run.Arguments.GetValue(_wait) ? await run.WaitAsync(process.Id, process.WaitAsync) : null;
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, process.WasCreated, outcome is null ? null : OutcomeDocument.Of(outcome)));
        }
        else if (outcome is not null)
        {
            run.Report.Line($"{outcome.State}, exit code {outcome.ExitCode}{(outcome.Message is null ? "" : $": {PlainText.Of(outcome.Message)}")}");
            if (OutcomeDocument.Of(outcome).Output is { } output)
            {
                run.Report.Document(output);
            }
        }

        return outcome is null or { IsSuccess: true } ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<ProcessHandle> StartAsync(CommandRun run)
    {
        var arguments = run.Arguments;
        var input = arguments.GetValue(_inputFile) is { } file ? await JsonText.ReadAsync(file, run.Input, run.CancellationToken)
            : arguments.GetValue(_input) is { Length: > 0 } given ? given
            : "{}"u8.ToArray();
        var id = arguments.GetValue(_id) ?? ProcessId.New();
        try
        {
            return await run.Processes.StartJsonAsync(arguments.GetRequiredValue(_type), input, ReadOptions(arguments, id), run.CancellationToken);
        }
        catch (WorkflowUnavailableException e)
        {
            throw new WorkflowUnavailableException($"{e.Message}{Environment.NewLine}Whether the process was stored, 'owf show {id}' tells.", e);
        }
    }

    private StartOptions ReadOptions(ParseResult arguments, ProcessId id) => new()
    {
        Id = id,
        IfExists = arguments.GetValue(_useExisting) ? IfExists.UseExisting : IfExists.Fail,
        Delay = arguments.GetValue(_delay),
        Paused = arguments.GetValue(_paused),
        Deadline = arguments.GetValue(_deadline),
        Tags = arguments.GetValue(_tags) ?? new Dictionary<string, string>(),
    };

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, bool WasCreated, OutcomeDocument? Outcome);
}

using System.CommandLine;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>The argument and the options that say which process to make.</summary>
internal sealed class NewProcess
{
    private readonly Argument<string> _type = new("TYPE") { Description = "The name of the process type" };
    private readonly Option<byte[]?> _input = new("--input")
    {
        Description = "The input; default: {}",
        HelpName = "JSON",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parsed.One(JsonText.Parse),
    };
    private readonly Option<string?> _inputFile = new("--input-file")
    {
        Description = "A file with the input as JSON; - for standard input",
        HelpName = "FILE",
    };
    private readonly Option<ProcessId?> _id = new("--id")
    {
        Description = "The process's id; default: a new one",
        HelpName = "ID",
        CustomParser = Parsed.One<ProcessId?>(static text => NewProcessId.Parse(text)),
    };
    private readonly Option<bool> _useExisting = new("--use-existing")
    {
        Description = "Be content with the process that has the id, if there is one",
    };
    private readonly Option<bool> _paused = new("--paused")
    {
        Description = "Store it paused: nothing runs until it is played",
    };
    private readonly Option<IReadOnlyDictionary<string, string>> _tags = Tag.CreateOption(
        "A tag, by which it can be found; can be repeated");
    private readonly Option<TimeSpan?> _deadline = new("--deadline")
    {
        Description = "How long until it is killed unless it has ended",
        HelpName = "DURATION",
        CustomParser = Parsed.One<TimeSpan?>(static text => Duration.Parse(text)),
    };

    /// <summary>Gives the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        _inputFile.Validators.Add(result =>
            Parsed.Check(result, result.GetResult(_input) is null, "Give --input or --input-file, not both."));
        command.Add(_type);
        foreach (var option in new Option[] { _input, _inputFile, _id, _useExisting, _paused, _tags, _deadline })
        {
            command.Add(option);
        }
    }

    /// <summary>Makes the process, and says so when it was there already.</summary>
    public async Task<ProcessHandle> MakeAsync(
        CommandRun run,
        Func<string, byte[], StartOptions, Task<ProcessHandle>> make)
    {
        var arguments = run.Arguments;
        var input =
            arguments.GetValue(_inputFile) is { } file
                ? await JsonText.ReadAsync(file, run.Input, run.CancellationToken)
            : arguments.GetValue(_input) is { Length: > 0 } given ? given
            : "{}"u8.ToArray();
        var id = arguments.GetValue(_id) ?? ProcessId.New();
        var process = await make(arguments.GetRequiredValue(_type), input, ReadOptions(arguments, id));
        if (!run.Report.IsJson)
        {
            run.Report.Line(process.Id.Value);
            if (!process.WasCreated)
            {
                run.Report.Note($"The process {process.Id} was there already.");
            }
        }

        return process;
    }

    private StartOptions ReadOptions(ParseResult arguments, ProcessId id) => new()
    {
        Id = id,
        IfExists = arguments.GetValue(_useExisting) ? IfExists.UseExisting : IfExists.Fail,
        Paused = arguments.GetValue(_paused),
        Deadline = arguments.GetValue(_deadline),
        Tags = arguments.GetValue(_tags) ?? new Dictionary<string, string>(),
    };
}

using System.CommandLine;
using System.Text;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Changes the context or the input of a paused process.</summary>
internal sealed class EditCommand : ControlCommand
{
    private readonly Option<JsonSource> _patch = new("--patch")
    {
        Description =
            "The change of the context as a JSON merge patch (RFC 7396): JSON, @FILE, or - for standard input",
        HelpName = "JSON|@FILE|-",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parsed.One(JsonSource.Parse),
    };

    private readonly Option<JsonSource> _input = new("--input")
    {
        Description = "The change of the input in place of the context: for an input that the definition cannot read",
        HelpName = "JSON|@FILE|-",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parsed.One(JsonSource.Parse),
    };

    private readonly Option<string?> _note = new("--note")
    {
        Description = "Why; kept in the history",
        HelpName = "TEXT",
    };

    /// <summary>Makes the command.</summary>
    public EditCommand()
        : base(
            "edit",
            "Changes the context or the input of a paused process. An incident stays: see retry and skip.",
            """owf edit order-17 --patch '{"attempts":0,"error":null}' --note 'the address was wrong' --wait""",
            """owf edit order-17 --input '{"currency":"CHF"}'""",
            "owf edit order-17 --patch @change.json")
    {
        Add(_patch);
        Add(_input);
        Add(_note);
        Validators.Add(result =>
            Parsed.Check(
                result,
                result.GetResult(_patch) is null != result.GetResult(_input) is null,
                "Give --patch (the context) or --input (the input), one of them."));
    }

    /// <inheritdoc/>
    protected override async Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run)
    {
        var (context, input) = (run.Arguments.GetValue(_patch), run.Arguments.GetValue(_input));
        var patch = Encoding.UTF8.GetString(await (context ?? input)!.ReadAsync(run.Input, run.CancellationToken));
        var note = run.Arguments.GetValue(_note);
        return context is null
            ? await process.EditInputAsync(patch, note, run.CancellationToken)
            : await process.EditContextAsync(patch, note, run.CancellationToken);
    }
}

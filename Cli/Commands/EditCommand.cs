using System.CommandLine;
using System.Text;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Changes the context of a paused process.</summary>
internal sealed class EditCommand : ControlCommand
{
    private readonly Option<JsonSource> _patch = new("--patch")
    {
        Description = "The change as a JSON merge patch (RFC 7396): JSON, @FILE, or - for standard input",
        HelpName = "JSON|@FILE|-",
        Arity = ArgumentArity.ExactlyOne,
        Required = true,
        CustomParser = Parsed.One(JsonSource.Parse),
    };

    private readonly Option<string?> _note = new("--note") { Description = "Why; kept in the history", HelpName = "TEXT" };

    /// <summary>Makes the command.</summary>
    public EditCommand()
        : base(
            "edit",
            "Changes the context of a paused process. An incident stays: see retry and skip.",
            """owf edit order-17 --patch '{"attempts":0,"error":null}' --note 'the address was wrong' --wait""",
            "owf edit order-17 --patch @change.json")
    {
        Add(_patch);
        Add(_note);
    }

    /// <inheritdoc/>
    protected override async Task<ControlResult> SendAsync(ProcessHandle process, CommandRun run)
    {
        var patch = await run.Arguments.GetRequiredValue(_patch).ReadAsync(run.Input, run.CancellationToken);
        return await process.EditContextAsync(Encoding.UTF8.GetString(patch), run.Arguments.GetValue(_note), run.CancellationToken);
    }
}

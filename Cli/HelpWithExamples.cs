using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Orleans.Workflows.Cli.Commands;

namespace Orleans.Workflows.Cli;

/// <summary>The ordinary help, then a command's examples, or the exit codes.</summary>
internal sealed class HelpWithExamples(int? width) : SynchronousCommandLineAction
{
    private const int WidthOfAFile = 120;

    private readonly HelpAction _ordinary = new() { MaxWidth = width ?? WidthOfAFile };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _ordinary.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var (title, lines) = parseResult.CommandResult.Command is OwfCommand command
            ? ("Examples:", command.Examples)
            : ("Exit codes:", ExitCodes.Lines);
        output.WriteLine(title);
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        return ExitCodes.Done;
    }
}

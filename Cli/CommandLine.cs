using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Commands;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="connect">Connects it to a cluster. Called once the arguments are known to be right.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        Terminal terminal,
        Func<ConnectionSettings, CancellationToken, Task<ConnectedClient>> connect,
        CancellationToken cancellationToken)
    {
        var global = new GlobalOptions();
        // '@' is a legal character of ids and texts, not the name of a response file.
        var parsed = CreateRoot(global, terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not null and not ParseErrorAction)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error }, cancellationToken);
        }

        if (parsed.Errors.Count > 0 || parsed.CommandResult.Command is not ClientCommand command)
        {
            return Refuse(parsed, terminal);
        }

        try
        {
            await using var connected = await connect(global.ReadConnection(parsed), cancellationToken);
            var report = new Report(terminal, parsed.GetValue(global.Json));
            return await command.RunAsync(new CommandRun(parsed, connected.Processes, report, terminal.In, cancellationToken));
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error.WriteLine(e is WaitInterruptedException ? e.Message : "Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            terminal.Error.WriteLine(parsed.GetValue(global.Verbose) ? e.ToString() : MessageOf(e));
            return CodeOf(e);
        }
    }

    private static Command CreateRoot(GlobalOptions global, Terminal terminal)
    {
        var root = new Command("owf", "Starts, watches and controls the durable processes of a cluster of Orleans.Workflows.")
        {
            new ListCommand(),
            new ShowCommand(),
            new HistoryCommand(),
            new ReportCommand(),
            new TreeCommand(),
            new WhyCommand(),
            new StartCommand(),
            new CreateCommand(),
            new ContinueCommand(),
            new SignalCommand(),
            new PauseCommand(),
            new PlayCommand(),
            new KillCommand(),
            new RetryCommand(),
            new SkipCommand(),
            new EditCommand(),
            new TypesCommand(),
            new DescribeCommand(),
            new MigrateCommand(global, terminal),
            new HelpOption("--help", "-h") { Action = new HelpWithExamples(terminal.Width) },
            new VersionOption(),
        };
        global.AddTo(root);
        return root;
    }

    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors)
        {
            terminal.Error.WriteLine(error.Message);
        }

        var command = parsed.CommandResult.Command;
        terminal.Error.WriteLine($"See '{(command is ClientCommand ? $"owf {command.Name}" : "owf")} --help'.");
        return ExitCodes.WrongUsage;
    }

    private static string MessageOf(Exception exception) => exception is WorkflowException or UsageException or ArgumentException
        ? FaultText.Of(exception)
        : $"Unexpected {exception.GetType().Name}: {PlainText.Of(exception.Message)} (--verbose shows more)";

    private static int CodeOf(Exception exception) => exception switch
    {
        UsageException or ArgumentException => ExitCodes.WrongUsage,
        ProcessNotFoundException or ProcessTypeUnknownException => ExitCodes.NotFound,
        WorkflowUnavailableException or WorkflowOverloadedException => ExitCodes.Unavailable,
        ProcessAlreadyExistsException => ExitCodes.AlreadyExists,
        _ => ExitCodes.Failed,
    };
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
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
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        Terminal terminal,
        Func<ConnectionSettings, CancellationToken, Task<ConnectedClient>> connect,
        CancellationToken cancellationToken)
    {
        var global = new GlobalOptions();
        // '@' is a legal character of ids and texts, not the name of a response file. Called bare, it helps.
        var parsed = CreateRoot(global, terminal)
            .Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not null and not ParseErrorAction)
        {
            return await HelpAsync(parsed, terminal, cancellationToken);
        }

        if (parsed.Errors.Count > 0 || parsed.CommandResult.Command is not OwfCommand command)
        {
            var message = string.Join(" ", parsed.Errors.Select(static error => error.Message));
            return Refuse(args, terminal, message, HintOf(parsed));
        }

        var report = new Report(terminal, parsed.GetValue(global.Json), parsed.GetValue(global.Wide));
        try
        {
            var settings = global.ReadConnection(parsed);
            // Migrate alone speaks with the database, and not with a silo.
            if (command is not ClientCommand asking)
            {
                return await MigrateCommand.RunAsync(settings, report, cancellationToken);
            }

            await using var connected = await connect(settings, cancellationToken);
            return await AskAsync(
                asking,
                new CommandRun(parsed, connected.Processes, report, terminal.In, cancellationToken),
                settings.Verbose);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(report, Problems.OfInterruption(e, command));
        }
        catch (Exception e)
        {
            return Fail(report, Problems.Of(e, command, parsed.GetValue(global.Verbose)));
        }
    }

    /// <summary>Says that the command line is wrong.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to do; null for nothing that is known.</param>
    // The option cannot be asked for by its value: that may be what is wrong.
    public static int Refuse(IReadOnlyList<string> args, Terminal terminal, string message, string? hint = null) =>
        Fail(new Report(terminal, args.Contains("--json"), wide: false), Problems.OfUsage(message, hint));

    private static async Task<int> HelpAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = $"Standard output cannot be written: {e.GetBaseException().Message}";
            var report = new Report(terminal, json: false, wide: false);
            return Fail(report, new Problem("Unexpected", ExitCodes.Failed, message));
        }
    }

    private static async Task<int> AskAsync(ClientCommand command, CommandRun run, bool verbose)
    {
        try
        {
            return await command.RunAsync(run);
        }
        catch (ProcessTypeUnknownException e)
        {
            var guess = await TypeGuess.OfAsync(run.Processes, e.ProcessType, run.CancellationToken);
            return Fail(run.Report, Problems.Of(e, command, verbose) with { Hint = guess });
        }
    }

    private static Command CreateRoot(GlobalOptions global, Terminal terminal)
    {
        var root = new Command(
            "owf",
            "Starts, watches and controls the durable processes of a cluster of Orleans.Workflows.")
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
            new DropCommand(),
            new TypesCommand(),
            new DescribeCommand(),
            new MigrateCommand(),
            new HelpOption("--help", "-h") { Action = new HelpWithExamples(terminal.Width) },
            new VersionOption(),
        };
        global.AddTo(root);
        return root;
    }

    private static string HintOf(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = Ancestry(command).SelectMany(static above => above.Options.Select(static option => option.Name))
            .Concat(command.Subcommands.Select(static below => below.Name))
            .ToList();
        var guesses = parsed.UnmatchedTokens
            .Select(token => Nearest.To(token.Split('=')[0], known))
            .OfType<string>()
            .Distinct()
            .Select(static near => $"Did you mean '{near}'? ");
        return $"{string.Concat(guesses)}See '{(command is OwfCommand ? $"owf {command.Name}" : "owf")} --help'.";
    }

    /// <summary>A command and those above it, whose options it takes too.</summary>
    private static IEnumerable<Command> Ancestry(Command command) =>
        command.Parents.OfType<Command>().SelectMany(Ancestry).Prepend(command);

    private static int Fail(Report report, Problem problem)
    {
        report.Error(problem);
        return problem.ExitCode;
    }
}

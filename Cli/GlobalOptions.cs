using System.CommandLine;
using System.Net;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _dataFolder = new("--data-folder")
    {
        Description = "The data folder of an embedded silo on this machine [default: that of the silo that runs]",
        HelpName = "PATH",
    };

    private readonly Option<DnsEndPoint[]> _gateways = new("--gateway")
    {
        Description = "The gateway of a silo; can be repeated",
        HelpName = "HOST:PORT",
        CustomParser = Parsed.All(Gateway.Parse),
    };

    private readonly Option<string?> _connectionString = new("--connection-string")
    {
        Description =
            $"The PostgreSQL database of a cluster [default: the environment variable {Database.Variable}, if it is "
            + "set]",
        HelpName = "TEXT",
        CustomParser = Parsed.One(Database.Parse),
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "The limit for connecting, and for each call; --wait has none",
        HelpName = "SECONDS",
        CustomParser = Parsed.One(static text => WholeNumber.Parse(text, 1, 86_400)),
        DefaultValueFactory = static _ => 10,
    };

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } =
        new("--json")
        {
            Description =
                "Write one JSON document to standard output; notes and errors go to standard error, a line of JSON "
                + "each",
        };

    /// <summary>Everything on one line.</summary>
    public Option<bool> Wide { get; } = new("--wide")
    {
        Description = "In text: exact times, and each row whole on one line, however wide the screen",
    };

    /// <summary>Errors in full.</summary>
    public Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Show stack traces, and the errors that Orleans logs, on standard error" };

    /// <summary>Gives the options to a command and to those below it.</summary>
    public void AddTo(Command command)
    {
        Option[] places = [_dataFolder, _gateways, _connectionString];
        foreach (var place in places)
        {
            place.Validators.Add(result => Parsed.Check(
                result,
                places.TakeWhile(other => other != place).All(other => result.GetResult(other) is null),
                "Give one of --data-folder, --gateway and --connection-string, not several."));
        }

        foreach (var option in (Option[])[.. places, _timeout, Json, Wide, Verbose])
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    /// <summary>Reads how to reach the cluster.</summary>
    /// <exception cref="UsageException">The environment variable cannot be read.</exception>
    public ConnectionSettings ReadConnection(ParseResult parsed)
    {
        var settings = new ConnectionSettings
        {
            DataFolder = parsed.GetValue(_dataFolder),
            Gateways = parsed.GetValue(_gateways) ?? [],
            ConnectionString = parsed.GetValue(_connectionString),
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
            Verbose = parsed.GetValue(Verbose),
        };
        return settings is { DataFolder: null, ConnectionString: null, Gateways.Count: 0 }
            ? settings with
            {
                ConnectionString = FromEnvironment(),
            }
            : settings;
    }

    private static string? FromEnvironment()
    {
        try
        {
            return Environment.GetEnvironmentVariable(Database.Variable) is { Length: > 0 } text
                ? Database.Parse(text)
                : null;
        }
        catch (FormatException e)
        {
            throw new UsageException($"{Database.Variable}: {e.Message}");
        }
    }
}

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
        Description = "The data folder of an embedded silo on this machine [default: that of a silo without configuration]",
        HelpName = "PATH",
    };

    private readonly Option<DnsEndPoint[]> _gateways = new("--gateway")
    {
        Description = "The gateway of a silo; can be repeated",
        HelpName = "HOST:PORT",
        CustomParser = Parsed.All(Gateway.Parse),
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "The limit for connecting, and for each call; --wait has none",
        HelpName = "SECONDS",
        CustomParser = Parsed.One(static text => WholeNumber.Parse(text, 1, 86_400)),
        DefaultValueFactory = static _ => 10,
    };

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON document to standard output; messages go to standard error" };

    /// <summary>Errors in full.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show stack traces, and the errors that Orleans logs, on standard error" };

    /// <summary>Gives the options to a command and to those below it.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        _dataFolder.Validators.Add(result => Parsed.Check(result, result.GetResult(_gateways) is null, "Give --data-folder or --gateway, not both."));
        foreach (var option in new Option[] { _dataFolder, _gateways, _timeout, Json, Verbose })
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    /// <summary>Reads how to reach the cluster.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <returns>The settings.</returns>
    public ConnectionSettings ReadConnection(ParseResult parsed) => new()
    {
        DataFolder = parsed.GetValue(_dataFolder),
        Gateways = parsed.GetValue(_gateways) ?? [],
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        Verbose = parsed.GetValue(Verbose),
    };
}

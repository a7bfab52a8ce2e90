namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// The arguments of a silo's program: a command, and keys of the configuration with their values. Anything else is
/// refused.
/// </summary>
/// <param name="Command">'migrate' or 'adopt'; null to run the silo.</param>
/// <param name="Force">Whether 'adopt' takes the database from members that live.</param>
/// <param name="Settings">What is for the configuration.</param>
internal sealed record SiloArguments(string? Command, bool Force, string[] Settings)
{
    /// <summary>What '--help' prints.</summary>
    public const string Help = """
        A silo of Orleans.Workflows. Without a command it runs until it is stopped.

          migrate              brings the schema of the database ConnectionStrings:Workflows up to date, and ends
          adopt [--force]      makes that database the cluster's of Workflows:ClusterId, and ends

        Options are keys of the configuration, as arguments or in the environment:

          --Workflows:HealthPort=9000      Workflows__HealthPort=9000
          --ConnectionStrings:Workflows=…  ConnectionStrings__Workflows=…
          --Logging:LogLevel:Default=Warning, --environment Development, --contentRoot PATH

        """;

    /// <summary>
    /// What a silo's configuration has beside the silo's own options: that of the host, its logs, Orleans and
    /// telemetry.
    /// </summary>
    private static readonly string[] Roots =
    [
        "Workflows",
        "ConnectionStrings",
        "Logging",
        "Orleans",
        "environment",
        "contentRoot",
        "applicationName",
        "hostBuilder",
        "shutdownTimeoutSeconds",
    ];

    private static readonly string[] Words =
    [
        MigrateCommand.Name,
        AdoptCommand.Name,
        AdoptCommand.Force,
        "--help",
        "--environment",
        "--contentRoot",
        "--applicationName",
        $"--ConnectionStrings:{ClusterDatabase.Name}",
        "--Logging:LogLevel:Default",
        .. SiloKeys.All.Select(static key => $"--{key}"),
    ];

    /// <summary>Reads the command, and leaves everything else to others.</summary>
    public static SiloArguments Read(string[] args)
    {
        var command = args is [MigrateCommand.Name or AdoptCommand.Name, ..] ? args[0] : null;
        var rest = command is null ? args : args[1..];
        var force = command == AdoptCommand.Name && rest.Contains(AdoptCommand.Force);
        return new SiloArguments(
            command,
            force,
            force ? [.. rest.Where(static arg => arg != AdoptCommand.Force)] : rest);
    }

    /// <summary>Whether help is wanted.</summary>
    public static bool AskForHelp(string[] args) => args.Any(static arg => arg is "--help" or "-h" or "-?" or "/?");

    /// <summary>
    /// Checks what is for the configuration. Its keys themselves are checked with those of the other sources.
    /// </summary>
    /// <returns>The faults, each with the nearest argument that there is.</returns>
    public IEnumerable<string> FindFaults()
    {
        for (var i = 0; i < Settings.Length; i++)
        {
            var arg = Settings[i];
            var isPrefixed = arg.StartsWith('-') || arg.StartsWith('/');
            var key = arg.TrimStart('-', '/').Split('=')[0];
            if (arg is MigrateCommand.Name or AdoptCommand.Name or AdoptCommand.Force)
            {
                yield return $"'{arg}' is in the wrong place: a command comes first, and {AdoptCommand.Force} is for "
                    + $"'{AdoptCommand.Name}'.";
            }
            else if ((!isPrefixed && !arg.Contains('=', StringComparison.Ordinal)) || !IsKnown(key))
            {
                yield return $"'{arg.Split('=')[0]}' is no argument of a silo. The nearest is '{Nearest(arg)}'; --help "
                    + "shows more.";
            }
            else if (!arg.Contains('=', StringComparison.Ordinal) && ++i == Settings.Length)
            {
                yield return $"'{arg}' has no value. Write {arg}=VALUE.";
            }
        }
    }

    private static bool IsKnown(string key) =>
        Roots.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
        || key.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase);

    private static string Nearest(string arg) =>
        NearestText.To($"--{arg.TrimStart('-', '/').Split('=')[0]}", Words, static word =>
            word[(word.LastIndexOfAny([':', '-']) + 1)..]);
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>What a silo is made of, read and found faultless.</summary>
/// <param name="Options">The options.</param>
/// <param name="Endpoints">Where it listens.</param>
/// <param name="Schema">What it does about the schema of its database.</param>
/// <param name="ConnectionString">
/// The database of the cluster that it is a member of; null for an embedded silo.
/// </param>
/// <param name="Folder">
/// The data folder of an embedded silo, which is held from now on; null for a member of a cluster.
/// </param>
internal sealed record SiloConfiguration(
    WorkflowSiloOptions Options,
    SiloEndpoints Endpoints,
    StoreSchema Schema,
    string? ConnectionString,
    DataFolder? Folder)
{
    /// <summary>The section of the options.</summary>
    public const string Section = "Workflows";

    /// <summary>The section of the engine's options.</summary>
    public const string EngineSection = $"{Section}:Engine";

    /// <summary>Reads the configuration.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Sets options after the configuration was read.</param>
    /// <exception cref="SiloConfigurationException">There are faults; every one is named with its remedy.</exception>
    public static SiloConfiguration Read(IHostApplicationBuilder builder, Action<WorkflowSiloOptions>? configure)
    {
        var faults = new List<string>();
        var (options, endpoints, connectionString) = Read(builder, configure, faults);

        // A folder that is another silo's is one fault among the others, so it is tried in any case.
        var folder = connectionString is not null ? null
            : options.DataFolder is { } path ? DataFolder.Take(path, faults)
            : DataFolder.TakeDefault(builder.Environment.ApplicationName, faults);
        if (faults.Count > 0)
        {
            folder?.Dispose();
            throw new SiloConfigurationException(
                $"The silo cannot start; {faults.Count} "
                + $"fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        var schema = options.Schema
            ?? (folder is not null || builder.Environment.IsDevelopment() ? StoreSchema.Apply : StoreSchema.Verify);
        return new SiloConfiguration(options, endpoints, schema, connectionString, folder);
    }

    /// <summary>Finds the faults of the configuration, without taking a data folder.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Sets options after the configuration was read.</param>
    /// <returns>The faults, each with its option and its remedy.</returns>
    public static IReadOnlyList<string> FindFaults(
        IHostApplicationBuilder builder,
        Action<WorkflowSiloOptions>? configure)
    {
        var faults = new List<string>();
        Read(builder, configure, faults);
        return faults;
    }

    private static (WorkflowSiloOptions Options, SiloEndpoints Endpoints, string? ConnectionString) Read(
        IHostApplicationBuilder builder,
        Action<WorkflowSiloOptions>? configure,
        List<string> faults)
    {
        var options = new WorkflowSiloOptions();
        var engine = new WorkflowOptions();
        Bind(builder.Configuration.GetSection(Section), options, faults);
        Bind(builder.Configuration.GetSection(EngineSection), engine, faults);
        faults.AddRange(engine.FindFaults());
        configure?.Invoke(options);
        var connectionString = ClusterDatabase.Read(builder.Configuration, faults);
        var endpoints = SiloEndpoints.Choose(options, faults);
        if (options.SiloName is { Length: 0 or > 150 })
        {
            faults.Add(
                $"{Section}:{nameof(options.SiloName)} has {options.SiloName.Length} characters; it must have 1 to "
                + "150. Leave it out for a name of Orleans' making.");
        }

        if (
            options.OtlpEndpoint is { } otlp
            && !(Uri.TryCreate(otlp, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
        {
            faults.Add(
                $"{Section}:{nameof(options.OtlpEndpoint)} is '{otlp}'; it must be an address such as "
                + "http://collector:4318. Set one, or leave it out to export nothing."
            );
        }

        return (options, endpoints, connectionString);
    }

    private static void Bind(IConfigurationSection section, object options, List<string> faults)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            faults.Add(
                $"{section.Path} is '{section.Value}', and is no option: it has options below it, such as " +
                $"{section.Path}:{options.GetType().GetProperties()[0].Name}. Set those, or remove it.");
        }

        // One by one: the binder stops at the first value that it cannot read, and all faults are wanted.
        foreach (var option in section.GetChildren().Where(static option => !SiloKeys.IsSection(option.Path)))
        {
            if ((SiloKeys.FaultOf(option) ?? SiloValues.FaultOf(option, options.GetType())) is { } fault)
            {
                faults.Add(fault);
                continue;
            }

            try
            {
                new ConfigurationBuilder().AddInMemoryCollection([new(option.Key, option.Value)]).Build().Bind(options);
            }
            catch (InvalidOperationException e)
            {
                faults.Add(
                    $"{option.Path} is '{option.Value}', which cannot be read: "
                    + $"{Sentence.Ended(e.InnerException?.Message ?? e.Message)} Set a value of the option's type.");
            }
        }
    }
}

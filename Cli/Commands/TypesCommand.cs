using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Lists the process types.</summary>
internal sealed class TypesCommand()
    : ClientCommand(
        "types",
        "Lists the process types that the cluster can run, and the silos where they differ.",
        "owf types")
{
    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var types = await run.Processes.ListTypeSilosAsync(run.CancellationToken);
        if (run.Report.IsJson)
        {
            run.Report.Document(types);
        }
        else
        {
            run.Report.Table([.. Rows(types)]);
        }

        return ExitCodes.Done;
    }

    /// <summary>
    /// A name a line; where silos differ, with the versions of the definition and the silos that have each.
    /// </summary>
    private static IEnumerable<Cell[]> Rows(IReadOnlyList<ProcessTypeSilos> types)
    {
        var silos = types
            .SelectMany(static type => type.Silos)
            .Select(static silo => silo.Address)
            .Distinct()
            .Count();
        return types.All(type =>
            type.Silos.Count == silos && type.Silos.All(silo => silo.Version == type.Silos[0].Version))
            ? types.Select(static type => new Cell[] { type.Type })
            : types.SelectMany(static type =>
                type.Silos.GroupBy(static silo => silo.Version)
                    .OrderByDescending(static same => same.Key)
                    .Select(same =>
                        new Cell[]
                        {
                            type.Type,
                            $"version {same.Key}",
                            $"on {string.Join(", ", same.Select(static silo => silo.Name))}",
                        }));
    }
}

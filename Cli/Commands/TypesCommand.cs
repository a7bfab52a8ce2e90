namespace Orleans.Workflows.Cli.Commands;

/// <summary>Lists the process types.</summary>
internal sealed class TypesCommand() : ClientCommand("types", "Lists the process types that the silo which answers can run.", "owf types")
{
    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var types = await run.Processes.ListTypesAsync(run.CancellationToken);
        if (run.Report.IsJson)
        {
            run.Report.Document(types);
        }
        else
        {
            run.Report.Table([.. types.Select(static type => new[] { type })]);
        }

        return ExitCodes.Done;
    }
}

using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Which process type was meant, where there is none of a name.</summary>
internal static class TypeGuess
{
    /// <summary>Guesses.</summary>
    /// <returns>A question; null when the cluster has the type, has none that is near, or does not say.</returns>
    public static async Task<string?> OfAsync(
        IProcessClient processes,
        string type,
        CancellationToken cancellationToken)
    {
        try
        {
            var types = await processes.ListTypesAsync(cancellationToken);
            return !types.Contains(type) && Nearest.To(type, types) is { } near ? $"Did you mean '{near}'?" : null;
        }
        catch (WorkflowException)
        {
            return null;
        }
    }
}

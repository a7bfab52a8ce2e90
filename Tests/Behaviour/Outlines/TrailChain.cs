namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>A chain that notes its steps.</summary>
/// <typeparam name="TInput">Its input.</typeparam>
public abstract class TrailChain<TInput> : WorkChain<TInput, Trail, Trail>
{
    /// <inheritdoc/>
    protected override Trail? CreateOutput() => Context;

    /// <summary>Notes a step.</summary>
    /// <param name="what">Its name.</param>
    /// <returns>Is completed.</returns>
    protected Task Went(string what)
    {
        Context.Way = $"{Context.Way} {what}".Trim();
        return Task.CompletedTask;
    }
}

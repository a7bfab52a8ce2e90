using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Workflows.Grains;

/// <summary>Says which process types a silo runs, and how.</summary>
public sealed class WorkflowsBuilder
{
    internal WorkflowsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The silo's services, for what the definitions' constructors need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The names of the process types, in the order in which they were added.</summary>
    public IReadOnlyList<string> TypeNames => [.. Types.Select(static type => type.GetCustomAttribute<ProcessAttribute>()?.Name ?? type.Name)];

    internal List<Type> Types { get; } = [];

    /// <summary>Lets the silo run a process type.</summary>
    /// <typeparam name="TProcess">The definition.</typeparam>
    /// <returns>This, for the next one.</returns>
    public WorkflowsBuilder AddProcess<TProcess>()
        where TProcess : Process => AddProcess(typeof(TProcess));

    /// <summary>Lets the silo run a process type.</summary>
    /// <param name="type">The definition's class.</param>
    /// <returns>This, for the next one.</returns>
    public WorkflowsBuilder AddProcess(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!Types.Contains(type))
        {
            Types.Add(type);
        }

        return this;
    }

    /// <summary>Tunes the engine.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This, for the next call.</returns>
    public WorkflowsBuilder Configure(Action<WorkflowOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}

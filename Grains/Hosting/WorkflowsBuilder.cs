using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Workflows;

/// <summary>Says which process types a silo runs, and how.</summary>
public sealed class WorkflowsBuilder
{
    internal WorkflowsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The silo's services, for what the definitions' constructors need.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The names of the process types, in the order in which they were added.</summary>
    public IReadOnlyList<string> TypeNames =>
        [.. Types.Select(static type => type.GetCustomAttribute<ProcessAttribute>()?.Name ?? type.Name)];

    internal List<Type> Types { get; } = [];

    internal List<(Type Process, Type Listener)> Listeners { get; } = [];

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

    /// <summary>
    /// Lets the silo run every process type of an assembly: each class that derives from <see cref="Process"/>, public
    /// or not, except those that are abstract or generic. One that has no <see cref="ProcessAttribute"/> is a fault at
    /// the start.
    /// </summary>
    /// <param name="assembly">The definitions' assembly, such as <c>typeof(MyProcess).Assembly</c>.</param>
    /// <returns>This, for the next one.</returns>
    /// <exception cref="ArgumentException">
    /// The assembly has no such class: it is likely to be the wrong one.
    /// </exception>
    public WorkflowsBuilder AddProcesses(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var found = assembly
            .GetTypes()
            .Where(static type =>
                type.IsSubclassOf(typeof(Process)) && !type.IsAbstract && !type.ContainsGenericParameters)
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .ToList();
        if (found.Count == 0)
        {
            throw new ArgumentException(
                $"{assembly.GetName().Name} has no class that derives from Process<TInput, TOutput> or "
                + "WorkChain<TInput, TOutput, TContext>: "
                + "name the assembly of the definitions, not that of the contracts.",
                nameof(assembly));
        }

        found.ForEach(type => AddProcess(type));
        return this;
    }

    /// <summary>Has a listener told of the transitions of a process type, after they are durable.</summary>
    /// <typeparam name="TProcess">The definition.</typeparam>
    /// <typeparam name="TListener">
    /// The listener, with constructor injection; scoped unless it is registered otherwise.
    /// </typeparam>
    /// <returns>This, for the next one.</returns>
    public WorkflowsBuilder AddListener<TProcess, TListener>()
        where TProcess : Process
        where TListener : class, IProcessListener
    {
        Services.TryAddScoped<TListener>();
        if (!Listeners.Contains((typeof(TProcess), typeof(TListener))))
        {
            Listeners.Add((typeof(TProcess), typeof(TListener)));
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

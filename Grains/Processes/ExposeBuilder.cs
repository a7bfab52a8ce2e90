using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows;

/// <summary>Adds ports of children to dynamic namespaces of a parent, validators included.</summary>
public sealed class ExposeBuilder
{
    private readonly string _type;
    private readonly List<string> _faults;
    private readonly IReadOnlyList<Type> _chain;
    private PortTree _inputs;
    private PortTree _outputs;

    private ExposeBuilder(IReadOnlyList<Type> chain, PortTree inputs, PortTree outputs, List<string> faults)
    {
        _type = chain[^1].Name;
        _chain = chain;
        _inputs = inputs;
        _outputs = outputs;
        _faults = faults;
    }

    /// <summary>Exposes the input ports of a child.</summary>
    /// <typeparam name="TChild">The child's definition.</typeparam>
    /// <param name="path">
    /// The dynamic namespace of the parent's input: a property that is a dictionary of <c>JsonElement</c>s.
    /// </param>
    /// <param name="include">The ports, with dots for nested ones; null for all.</param>
    /// <param name="exclude">
    /// The ports to leave out; null for none. Not together with <paramref name="include"/>.
    /// </param>
    /// <returns>This, for the next child.</returns>
    public ExposeBuilder ExposeInputs<TChild>(
        string path,
        IReadOnlyCollection<string>? include = null,
        IReadOnlyCollection<string>? exclude = null)
        where TChild : Process
    {
        _inputs = _inputs.Expose(path, PortsOf(typeof(TChild)).Inputs, include, exclude, fault =>
            Fault("inputs", fault));
        return this;
    }

    /// <summary>Exposes the output ports of a child.</summary>
    /// <typeparam name="TChild">The child's definition.</typeparam>
    /// <param name="path">The dynamic namespace of the parent's output.</param>
    /// <param name="include">The ports, with dots for nested ones; null for all.</param>
    /// <param name="exclude">
    /// The ports to leave out; null for none. Not together with <paramref name="include"/>.
    /// </param>
    /// <returns>This, for the next child.</returns>
    public ExposeBuilder ExposeOutputs<TChild>(
        string path,
        IReadOnlyCollection<string>? include = null,
        IReadOnlyCollection<string>? exclude = null)
        where TChild : Process
    {
        _outputs = _outputs.Expose(path, PortsOf(typeof(TChild)).Outputs, include, exclude, fault =>
            Fault("outputs", fault));
        return this;
    }

    /// <summary>Makes the ports of a definition.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="blank">An instance that has never run.</param>
    /// <param name="ports">The types of its input and output.</param>
    /// <param name="faults">Where faults go.</param>
    /// <returns>The ports.</returns>
    internal static (PortTree Inputs, PortTree Outputs) Apply(
        Type type,
        Process blank,
        Type[] ports,
        List<string> faults) => Apply([type], blank, ports, faults);

    private static (PortTree Inputs, PortTree Outputs) Apply(
        IReadOnlyList<Type> chain,
        Process blank,
        Type[] ports,
        List<string> faults)
    {
        var builder = new ExposeBuilder(chain, PortTree.Of(ports[0]), PortTree.Of(ports[1]), faults);
        try
        {
            blank.ExposePorts(builder);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The definition's own code has thrown; the other definitions are still checked.
            builder.Fault(
                "Expose",
                $"it cannot be read: {Sentence.Ended(e.Message)} It runs before the constructor and may only name "
                + "ports.");
        }

        return (builder._inputs, builder._outputs);
    }

    /// <summary>
    /// A child's ports with those that it exposes itself. A type that exposes its own ports, or those of one above it,
    /// would have ports without end: there its namespace takes what its type does, and the child is checked when it
    /// starts.
    /// </summary>
    private (PortTree Inputs, PortTree Outputs) PortsOf(Type child)
    {
        var ports = DefinitionFactory.Ports(child)!;
        if (_chain.Contains(child) || child.IsAbstract || child.ContainsGenericParameters)
        {
            return (PortTree.Of(ports[0]), PortTree.Of(ports[1]));
        }

        var faults = new List<string>();
        var exposed = Apply([.. _chain, child], (Process)RuntimeHelpers.GetUninitializedObject(child), ports, faults);
        _faults.AddRange(faults.Except(_faults));
        return exposed;
    }

    private void Fault(string what, string text) => _faults.Add($"{_type}: {what}: {text}");
}

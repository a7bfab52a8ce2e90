namespace Orleans.Workflows;

/// <summary>
/// Is told of the transitions of a type's processes after they are durable. Registered by
/// <see cref="WorkflowsBuilder.AddListener{TProcess, TListener}"/>.
/// </summary>
/// <remarks>
/// At most once: a silo that dies after the commit tells nobody. One at a time and in order for each process, on the
/// silo that made the commit, beside the process's own work. Each call is made on an instance of a new scope.
/// </remarks>
public interface IProcessListener
{
    /// <summary>A transition is durable.</summary>
    /// <param name="transition">The transition.</param>
    /// <returns>Completes when the listener is done. What it throws is logged and changes nothing.</returns>
    Task OnTransitionAsync(ProcessTransition transition);
}

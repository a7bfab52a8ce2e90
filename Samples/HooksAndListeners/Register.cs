using Orleans.Workflows;

namespace Samples.HooksAndListeners;

/// <summary>Is told of each transition once it is durable.</summary>
public sealed class Register : IProcessListener
{
    public Task OnTransitionAsync(ProcessTransition transition)
    {
        Console.WriteLine($"      after commit {transition.Version}: {transition.Kind}");
        return Task.CompletedTask;
    }
}

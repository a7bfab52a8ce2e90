using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Telemetry;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>Runs hooks before a commit, and listeners and cleanup after it.</summary>
internal sealed partial class TransitionObservers(
    IServiceScopeFactory scopes,
    [FromKeyedServices(WorkflowTimeProviderNames.Engine)] TimeProvider time,
    IOptions<WorkflowOptions> options,
    ILogger<TransitionObservers> logger)
{
    private readonly ILogger _logger = new UserCodeLogger(logger);
    private readonly ConcurrentDictionary<ProcessId, Task> _telling = new();

    /// <summary>Runs the hooks of what is about to be committed.</summary>
    /// <param name="definition">The process's definition; null when this silo does not know it.</param>
    /// <param name="decision">What is about to be committed.</param>
    /// <param name="input">The process's input.</param>
    /// <returns>
    /// The failure of a hook, for which the process is Excepted instead; null when it can be committed.
    /// </returns>
    public async Task<FailureInfo?> PrepareAsync(ProcessDefinition? definition, Decision decision, byte[] input)
    {
        if (definition is not { Hooks.Any: true } || decision.IsForced || decision.Transitions.Count == 0)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var process = MakeInstance(definition, decision.Next, scope.ServiceProvider, input);
        foreach (var transition in process is null ? [] : decision.Transitions)
        {
            foreach (var (name, run) in definition.Hooks.Of(transition))
            {
                if (await RunAsync(process!, decision.Next, name, run) is not { } failure)
                {
                    continue;
                }

                LogHookFailed(transition.ProcessId, name, failure);
                if (transition.Kind != TransitionKind.Except)
                {
                    return FailureInfo.From(failure);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Tells listeners what is durable, and cleans up after an end: beside the process's own work, in order, whoever of
    /// this silo has made the commit.
    /// </summary>
    /// <param name="definition">The process's definition; null when this silo does not know it.</param>
    /// <param name="decision">What was committed.</param>
    public void Tell(ProcessDefinition? definition, Decision decision)
    {
        if (definition is not { IsObserved: true } || decision.Transitions.Count == 0)
        {
            return;
        }

        var id = decision.Next.Row.Id;
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Task.CompletedTask;
        _telling.AddOrUpdate(id, said.Task, (_, last) =>
        {
            before = last;
            return said.Task;
        });
        Detached.Run(
            async () =>
            {
                await TellAsync(before, definition, decision);
                said.SetResult();
                _telling.TryRemove(new KeyValuePair<ProcessId, Task>(id, said.Task));
            },
            TaskScheduler.Default).Ignore();
    }

    private async Task TellAsync(Task before, ProcessDefinition definition, Decision decision)
    {
        await before;
        CurrentProcess.Enter(IdentityOf(decision.Next));
        foreach (var transition in decision.Transitions)
        {
            foreach (var listener in definition.Listeners)
            {
                await GuardAsync(transition.ProcessId, listener.Name, services =>
                    ((IProcessListener)services.GetRequiredService(listener)).OnTransitionAsync(transition));
            }
        }

        if (definition.Hooks.CleansUp && decision.Next.Outcome is { } outcome)
        {
            await GuardAsync(outcome.Id, Process.CleanUpHook, async services =>
            {
                if (MakeInstance(definition, decision.Next, services, decision.Next.Row.Input) is { } process)
                {
                    await process.CleanUpAsync(outcome);
                }
            });
        }
    }

    private async Task GuardAsync(ProcessId id, string name, Func<IServiceProvider, Task> tell)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await tell(scope.ServiceProvider);
        }
        catch (Exception e)
        {
            // The boundary of a listener: whatever it throws must not harm the process.
            LogListenerFailed(id, name, e);
        }
    }

    private async Task<Exception?> RunAsync(Process process, EngineState state, string name, Func<Process, Task> hook)
    {
        process.ForgetInput();
        try
        {
            await InsideAsync().WaitAsync(options.Value.GracePeriod, time);
            return null;
        }
        catch (TimeoutException e)
        {
            return new TimeoutException(
                $"The hook {name} took longer than {options.Value.GracePeriod}, the grace period.",
                e);
        }
        catch (Exception e)
        {
            // The boundary of a hook: whatever it throws becomes state.
            return e;
        }

        // The grace period is the engine's: its timer is not set in the name of the process.
        async Task InsideAsync()
        {
            CurrentProcess.Enter(IdentityOf(state));
            await hook(process);
        }
    }

    /// <summary>
    /// What cannot be made or read must not keep a process from being killed or paused: then there is no hook to run.
    /// </summary>
    private Process? MakeInstance(
        ProcessDefinition definition,
        EngineState state,
        IServiceProvider services,
        byte[] input)
    {
        try
        {
            var process = definition.Create(services);
            process.Bind(input, state.Checkpoint.Context);
            return process;
        }
        catch (Exception e)
        {
            LogNoInstance(state.Row.Id, e);
            return null;
        }
    }

    private static ProcessIdentity IdentityOf(EngineState state) =>
        new(state.Row.Id, state.Row.RunId, state.Row.Type, state.Row.Parent, state.Row.Root, state.Checkpoint.Position);

    [LoggerMessage(400031, LogLevel.Warning, "Process {ProcessId}: its hook {Hook} failed.")]
    private partial void LogHookFailed(ProcessId processId, string hook, Exception exception);

    [LoggerMessage(400032, LogLevel.Warning, "Process {ProcessId}: {Listener} failed after a commit, which stands.")]
    private partial void LogListenerFailed(ProcessId processId, string listener, Exception exception);

    [LoggerMessage(
        400033,
        LogLevel.Warning,
        "Process {ProcessId}: its hooks are left out, because no instance of its class can be made."
    )]
    private partial void LogNoInstance(ProcessId processId, Exception exception);
}

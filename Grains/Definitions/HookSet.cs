using System.Collections.Frozen;
using System.Reflection;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Which hooks a definition overrides: one that has none costs nothing.</summary>
internal sealed class HookSet
{
    private static readonly FrozenDictionary<TransitionKind, string> Names = new Dictionary<TransitionKind, string>
    {
        [TransitionKind.Run] = nameof(Process.OnRunAsync),
        [TransitionKind.Wait] = nameof(Process.OnWaitAsync),
        [TransitionKind.Finish] = nameof(Process.OnFinishAsync),
        [TransitionKind.Except] = nameof(Process.OnExceptAsync),
        [TransitionKind.Kill] = nameof(Process.OnKillAsync),
        [TransitionKind.Pause] = nameof(Process.OnPauseAsync),
        [TransitionKind.Play] = nameof(Process.OnPlayAsync),
        [TransitionKind.Output] = nameof(Process.OnOutputAsync),
    }.ToFrozenDictionary();

    private readonly FrozenSet<TransitionKind> _entering;
    private readonly bool _exit;

    /// <summary>Finds the hooks of a class.</summary>
    public HookSet(Type type)
    {
        _entering = Names.Where(hook => Overrides(type, hook.Value)).Select(static hook => hook.Key).ToFrozenSet();
        _exit = Overrides(type, nameof(Process.OnExitAsync));
        CleansUp = Overrides(type, nameof(Process.OnEndedAsync));
    }

    /// <summary>Whether there is a hook that runs before commits.</summary>
    public bool Any => _exit || _entering.Count > 0;

    /// <summary>Whether there is something to clean up after the end.</summary>
    public bool CleansUp { get; }

    /// <summary>
    /// The hooks of a transition, in their order: of the state that is left, then of the one that is entered.
    /// </summary>
    public IEnumerable<(string Name, Func<Process, Task> RunAsync)> Of(ProcessTransition transition)
    {
        if (_exit && transition.Kind <= TransitionKind.Kill)
        {
            yield return (nameof(Process.OnExitAsync), process => process.OnExitAsync(transition));
        }

        if (_entering.Contains(transition.Kind))
        {
            yield return (Names[transition.Kind], process => Enter(process, transition));
        }
    }

    private static Task Enter(Process process, ProcessTransition transition) => transition.Kind switch
    {
        TransitionKind.Run => process.OnRunAsync(transition),
        TransitionKind.Wait => process.OnWaitAsync(transition),
        TransitionKind.Finish => process.OnFinishAsync(transition),
        TransitionKind.Except => process.OnExceptAsync(transition),
        TransitionKind.Kill => process.OnKillAsync(transition),
        TransitionKind.Pause => process.OnPauseAsync(transition),
        TransitionKind.Play => process.OnPlayAsync(transition),
        TransitionKind.Output => process.OnOutputAsync(transition),
        _ => throw new InvalidOperationException($"Unknown transition {transition.Kind}."),
    };

    private static bool Overrides(Type type, string hook) =>
        type.GetMethod(hook, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.DeclaringType
        != typeof(Process);
}

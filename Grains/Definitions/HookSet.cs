using System.Collections.Frozen;
using System.Reflection;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Which hooks a definition overrides: one that has none costs nothing.</summary>
internal sealed class HookSet
{
    private readonly FrozenSet<TransitionKind> _entering;
    private readonly bool _exit;

    /// <summary>Finds the hooks of a class.</summary>
    public HookSet(Type type)
    {
        _entering = Enum.GetValues<TransitionKind>().Where(kind => Overrides(type, Process.HookOf(kind))).ToFrozenSet();
        _exit = Overrides(type, Process.ExitHook);
        CleansUp = Overrides(type, Process.CleanUpHook);
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
            yield return (Process.ExitHook, process => process.ExitAsync(transition));
        }

        if (_entering.Contains(transition.Kind))
        {
            yield return (Process.HookOf(transition.Kind), process => process.EnterAsync(transition));
        }
    }

    private static bool Overrides(Type type, string hook) =>
        type.GetMethod(hook, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.DeclaringType
        != typeof(Process);
}

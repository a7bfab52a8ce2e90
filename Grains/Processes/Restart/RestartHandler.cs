using System.Reflection;
using Orleans.Workflows.Grains.Definitions;

namespace Orleans.Workflows;

/// <summary>A handler of a restart chain.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Options">What it says of itself.</param>
internal sealed record RestartHandler(MethodInfo Method, RestartHandlerAttribute Options)
{
    /// <summary>Its name.</summary>
    public string Name => Method.Name;

    /// <summary>The handlers of a class.</summary>
    /// <returns>The handlers, those that it inherits too, in no order that matters.</returns>
    public static IReadOnlyList<RestartHandler> Of(Type type) =>
    [
        .. StepMethods
            .AllOf(type)
            .Select(static method =>
                (Method: method, Options: method.GetCustomAttribute<RestartHandlerAttribute>(inherit: true)))
            .Where(static handler => handler.Options is not null)
            .Select(static handler => new RestartHandler(handler.Method, handler.Options!)),
    ];

    /// <summary>The handlers that are called for a child, in their order.</summary>
    public static IEnumerable<RestartHandler> For(
        IReadOnlyList<RestartHandler> handlers,
        IReadOnlyDictionary<string, HandlerOverride> overrides,
        int exitCode) =>
        handlers
            .Where(handler => overrides.GetValueOrDefault(handler.Name)?.Enabled ?? handler.Options.Enabled)
            .Where(handler => handler.Options.ExitCodes?.Contains(exitCode) ?? true)
            .OrderByDescending(handler =>
                overrides.GetValueOrDefault(handler.Name)?.Priority ?? handler.Options.Priority)
            .ThenBy(static handler => handler.Name, StringComparer.Ordinal);

    /// <summary>Calls it.</summary>
    /// <returns>What it says; null for nothing.</returns>
    public async Task<HandlerReport?> CallAsync(Process process, object child, StepContext step) =>
        Method.Invoke(
            process,
            BindingFlags.DoNotWrapExceptions,
            binder: null,
            Method.GetParameters().Length == 1 ? [child] : [child, step],
            culture: null)
            is var said
        && said is Task<HandlerReport?> later
            ? await later
            : (HandlerReport?)said;
}

using System.Reflection;
using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>
/// Delays, drops and duplicates the calls of the engine, on the side of the caller: between silos and from clients.
/// </summary>
/// <param name="dice">Decides.</param>
public sealed class ChaosCalls(Dice dice) : IOutgoingGrainCallFilter
{
    private const double Chance = 0.02;
    private const int LongestDelay = 100;

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (
            context.InterfaceMethod is not { } method
            || method.DeclaringType?.Assembly != typeof(IProcessGrain).Assembly)
        {
            await context.Invoke();
            return;
        }

        if (dice.Falls(FaultKind.CallDelayed, 2 * Chance))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1 + dice.Next(LongestDelay)), TimeProvider.System);
        }

        if (dice.Falls(FaultKind.CallDuplicated, Chance))
        {
            Again(context, method);
        }

        if (!dice.Falls(FaultKind.CallDropped, Chance))
        {
            await context.Invoke();
            return;
        }

        var isOneWay = method.IsDefined(typeof(OneWayAttribute));
        if (!isOneWay && dice.Next(2) == 0)
        {
            await context.Invoke();
        }

        if (!isOneWay)
        {
            throw new TimeoutException($"The call of {method.Name}, or its reply, is lost.");
        }
    }

    /// <summary>A further call of its own: the one that is under way can be made once only.</summary>
    private static void Again(IOutgoingGrainCallContext context, MethodInfo method)
    {
        var arguments = Enumerable
            .Range(0, context.Request.GetArgumentCount())
            .Select(context.Request.GetArgument)
            .ToArray();
        ((Task)method.Invoke(context.Grain, arguments)!).Ignore();
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Refuses clients what is not for them (decision 22). Of the engine's grains they may call the gateway's, and a
/// process's to start it and to be told of its end; of Orleans' own nothing but what the client library itself needs.
/// What a host adds of its own stays open to its clients.
/// </summary>
/// <remarks>
/// The sender's id is what the sender wrote: it tells Orleans' client library from the silos, and keeps out nobody who
/// speaks the protocol by himself. Code in a silo that is no grain calls as the silo's hosted client.
/// </remarks>
internal sealed class ClientCallFilter(IOptions<WorkflowOptions> options) : IIncomingGrainCallFilter
{
    /// <summary>By which calls on any grain are cancelled.</summary>
    public static readonly IReadOnlySet<string> Cancellation = new HashSet<string>(StringComparer.Ordinal)
    {
        "Orleans.Runtime.IGrainCallCancellationExtension",
        "Orleans.Runtime.ICancellationSourcesExtension",
    };

    /// <summary>
    /// Of the silos' own targets: what kinds of grains there are, and the hooks that only Orleans' test clusters have.
    /// </summary>
    public static readonly IReadOnlySet<string> SystemTargets = new HashSet<string>(StringComparer.Ordinal)
    {
        "Orleans.Runtime.IClusterManifestSystemTarget",
        "Orleans.Runtime.TestHooks.ITestHooks",
    };

    /// <summary>How the type of each grain of the engine begins.</summary>
    private static ReadOnlySpan<byte> OwnTypes => "owf."u8;

    private static readonly string[] OrleansOwn =
    [
        "Orleans.Runtime",
        "Orleans.Reminders",
        "Orleans.Persistence.Memory",
    ];

    private readonly ConcurrentDictionary<Assembly, bool> _isOrleansOwn = new();

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!IsFromOutside(context.SourceId) || IsForClients(context))
        {
            return context.Invoke();
        }

        (context.Grain as IHearsOfRefusals)?.Refused();
        throw new WorkflowException(
            $"'{context.InterfaceMethod?.DeclaringType?.Name}.{context.InterfaceMethod?.Name}' of '{context.TargetId}' "
            + "is not for clients: call it from a silo, or "
            + "use IProcessClient. Workflows:Engine:ManagementByClients opens the cluster's settings and Orleans' "
            + "management grain to clients.");
    }

    private static bool IsFromOutside(GrainId? source) =>
        source is not { } sender || (sender.IsClient() && !sender.Key.AsSpan().StartsWith("hosted-"u8));

    private bool IsForClients(IIncomingGrainCallContext context)
    {
        var (called, type) = (context.InterfaceMethod, context.TargetId.Type);
        var declaring = called?.DeclaringType;
        if (type.IsSystemTarget())
        {
            return SystemTargets.Contains(declaring?.FullName ?? "");
        }

        if (Cancellation.Contains(declaring?.FullName ?? ""))
        {
            return true;
        }

        if (type.AsSpan().StartsWith(OwnTypes))
        {
            return declaring == typeof(IProcessGatewayGrain)
                || (
                    declaring == typeof(IProcessGrain)
                    && called!.Name is nameof(IProcessGrain.StartAsync) or nameof(IProcessGrain.SubscribeAsync))
                || (declaring == typeof(IClusterSettingsGrain) && options.Value.ManagementByClients);
        }

        return !IsOrleansOwn(context.Grain) || (context.Grain is IManagementGrain && options.Value.ManagementByClients);
    }

    private bool IsOrleansOwn(object grain) =>
        _isOrleansOwn.GetOrAdd(grain.GetType().Assembly, static assembly =>
            OrleansOwn.Contains(assembly.GetName().Name, StringComparer.Ordinal));
}

using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Kills a process from inside its silo.</summary>
internal static class Killing
{
    /// <summary>Kills it.</summary>
    /// <param name="grains">The silo's grains.</param>
    /// <param name="id">The process.</param>
    /// <param name="text">Why.</param>
    /// <returns>Completes when the intent is durable.</returns>
    public static Task KillAsync(IGrainFactory grains, ProcessId id, string text) =>
        grains
            .GetGrain<IProcessGatewayGrain>(0)
            .SendAsync(
                new MessageRequest
                {
                    Receiver = id,
                    MessageId = $"{id} {text}",
                    Kind = MessageKind.Kill,
                    Name = text,
                },
                CancellationToken.None);
}

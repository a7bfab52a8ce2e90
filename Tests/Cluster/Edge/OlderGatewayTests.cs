using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>A gateway of an older version, as a client of this one meets it while a cluster is updated.</summary>
public sealed class OlderGatewayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EditOfTheInput_ThatTheGatewayDoesNotKnow_IsRefusedWithWhatToDo()
    {
        await using var cluster = await TestCluster.StartAsync(services: static services =>
            services.AddSingleton<IIncomingGrainCallFilter>(new Older()));
        var handle = await cluster.Client.StartAsync(Types.Wait, new WaitInput(), cancellationToken: Cancel);
        await handle.PauseAsync(waitForEffect: true, cancellationToken: Cancel);

        var e = await Should.ThrowAsync<ArgumentException>(() =>
            handle.EditInputAsync("{}", cancellationToken: Cancel));

        e.Message.ShouldStartWith(
            "The silo that was asked is of an older version, which does not know the control EditInput: nothing was "
            + "stored.");
    }

    /// <summary>Answers as the version before did, which had no such kind.</summary>
    private sealed class Older : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (
                context.Request.GetArgumentCount() > 0
                && context.Request.GetArgument(0) is MessageRequest { Kind: MessageKind.EditInput } request)
            {
                throw Unknown(request.Kind);
            }

            return context.Invoke();
        }

        private static ArgumentOutOfRangeException Unknown(MessageKind kind) =>
            new(nameof(kind), kind, "A client sends signals and controls.");
    }
}

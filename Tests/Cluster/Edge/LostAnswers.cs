using System.Collections.Concurrent;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>Carries starts and messages out, and loses their answers on demand.</summary>
internal sealed class LostAnswers : IIncomingGrainCallFilter
{
    private Func<Task>? _before;
    private int _left;

    /// <summary>Whether only answers to clients are lost, and those to silos arrive.</summary>
    public bool OnlyToClients { get; set; }

    /// <summary>The processes to which starts came, and the ids of the messages that came.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    /// <summary>Loses answers from now on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="before">What is waited for before an answer is lost; null for nothing.</param>
    public void Lose(int count = int.MaxValue, Func<Task>? before = null)
    {
        Seen.Clear();
        _before = before;
        Volatile.Write(ref _left, count);
    }

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var id = context.MethodName switch
        {
            nameof(IProcessGrain.StartAsync) when context.Grain is IProcessGrain => context.TargetId.Key.ToString(),
            nameof(IProcessGatewayGrain.SendAsync) => ((MessageRequest)context.Request.GetArgument(0)!).MessageId,
            _ => null,
        };
        await context.Invoke();
        if (id is not null && (!OnlyToClients || context.SourceId?.IsClient() == true) && Volatile.Read(ref _left) > 0)
        {
            Seen.Enqueue(id);
            Interlocked.Decrement(ref _left);
            await (_before?.Invoke() ?? Task.CompletedTask);
            throw new TimeoutException("The answer is lost.");
        }
    }
}

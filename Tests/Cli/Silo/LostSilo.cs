using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Cli.Connection;

namespace Orleans.Workflows.CliTests.Silo;

/// <summary>A client of a silo that is away when the test says so: none of its calls arrives then.</summary>
internal sealed class LostSilo : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isAway;
    private volatile bool _wasAway;

    /// <summary>Whether it is.</summary>
    public bool IsAway
    {
        set => (_isAway, _wasAway) = (value, _wasAway || value);
    }

    /// <summary>Ends when it has answered a call after it was away.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Connects, with a time limit of a second for each call.</summary>
    /// <param name="dataFolder">Where the silo has announced itself.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<ConnectedClient> ConnectAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddWorkflowClient(options =>
            (options.DataFolder, options.OperationTimeout) = (dataFolder, TimeSpan.FromSeconds(1)));
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(this);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var processes = host.Services.GetRequiredService<IProcessClient>();
        await Eventually.TrueAsync("the connection", () => AnswersAsync(processes, cancellationToken));
        return new ConnectedClient(processes, host);
    }

    private static async Task<bool> AnswersAsync(IProcessClient processes, CancellationToken cancellationToken)
    {
        try
        {
            return (await processes.ListTypesAsync(cancellationToken)).Count > 0;
        }
        catch (WorkflowUnavailableException)
        {
            // The connection is made in the background, and may take longer than a call may.
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (_isAway)
        {
            throw new SiloUnavailableException("The silo is gone.");
        }

        var wasAway = _wasAway;
        await context.Invoke();
        if (wasAway)
        {
            _answered.TrySetResult();
        }
    }
}

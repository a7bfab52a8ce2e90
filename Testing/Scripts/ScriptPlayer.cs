namespace Orleans.Workflows.Testing;

/// <summary>
/// Plays a script to one process: over the silo that is there, and again over the next one when that is cut off before
/// it has answered.
/// </summary>
/// <param name="id">The process.</param>
/// <param name="script">The script.</param>
/// <param name="client">The client of the silo that the process is in now.</param>
internal sealed class ScriptPlayer(ProcessId id, ProcessScript script, Func<IProcessClient> client)
{
    private readonly ScriptNames _names = new(script.Acts);
    private int _next;
    private Task? _acting;
    private CancellationTokenSource? _giveUp;
    private bool _isStarted;
    private bool _unanswered;
    private bool _saidToFirst;
    private long _lookedAt = -1;

    /// <summary>The process.</summary>
    public ProcessId Id => id;

    /// <summary>Starts the process; null when it is there already.</summary>
    public Func<IProcessClient, CancellationToken, Task>? Start { get; init; }

    /// <summary>Where the silo is cut off from the process; null for nowhere.</summary>
    public CutOffPlan? Plan { get; init; }

    /// <summary>Whether something was said to the process that is not answered yet.</summary>
    public bool IsActing => _acting is not null;

    /// <summary>What the script waits for, for people; null when it is at its end.</summary>
    public string? Awaits => _next < script.Acts.Count ? script.Acts[_next].When : null;

    /// <summary>Whether there is nothing more to do.</summary>
    /// <param name="isAlive">Whether the process is there and has not ended.</param>
    public bool IsOver(bool isAlive) => !isAlive && !IsActing && (Start is null || _isStarted);

    /// <summary>Finds names in the script that the process, which has ended, does not have.</summary>
    /// <param name="looking">Through which it looks at the process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkflowTestException">There is one.</exception>
    public Task CheckNamesAsync(IProcessClient looking, CancellationToken cancellationToken) =>
        _names.CheckAsync(looking.GetHandle(id), _next, looking, cancellationToken);

    /// <summary>Takes note of answers and does what there is to do.</summary>
    /// <param name="version">The version of the process's row; 0 when there is none that is alive.</param>
    /// <param name="looking">Through which it looks at the process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> PlayAsync(long version, IProcessClient looking, CancellationToken cancellationToken)
    {
        if (_acting is { } acting)
        {
            if (!acting.IsCompleted)
            {
                if (Plan is { Cut.IsCompleted: true } && _giveUp is { } giveUp)
                {
                    // It was said to a silo that is cut off by now; only the first time can that be so.
                    await giveUp.CancelAsync().ConfigureAwait(false);
                }

                return false;
            }

            _acting = null;
            await AnsweredAsync(acting, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (Start is not null && !_isStarted)
        {
            Begin(Start, cancellationToken);
            return true;
        }

        if (version == 0 || Awaits is null || (!_unanswered && version == _lookedAt))
        {
            return false;
        }

        var (act, number) = (script.Acts[_next], _next);
        if (!_unanswered)
        {
            _lookedAt = version;
            var status = await Looking
                .AtAsync(() => looking.GetHandle(id).GetStatusAsync(cancellationToken))
                .ConfigureAwait(false);
            _names.See(status);
            if (!act.Condition(status))
            {
                return false;
            }
        }

        Begin((to, token) => act.DoAsync(to.GetHandle(id), number, token), cancellationToken);
        return true;
    }

    /// <summary>Waits for what was begun, whatever becomes of it.</summary>
    /// <returns>Completes when nothing is under way any more.</returns>
    public async Task FinishAsync()
    {
        if (_giveUp is { } giveUp)
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
        }

        await (_acting ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _giveUp?.Dispose();
        _giveUp = null;
    }

    private void Begin(Func<IProcessClient, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        _unanswered = false;
        _saidToFirst = Plan is { Cut.IsCompleted: false };
        var token = cancellationToken;
        if (_saidToFirst)
        {
            _giveUp ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            token = _giveUp.Token;
        }

        _acting = act(client(), token);
    }

    private async Task AnsweredAsync(Task acting, CancellationToken cancellationToken)
    {
        try
        {
            await acting.ConfigureAwait(false);
        }
        catch (Exception)
            when (Plan is { Cut.IsCompleted: true } && !cancellationToken.IsCancellationRequested && _saidToFirst)
        {
            // Whatever a silo says that is cut off: nobody knows what became of it, so it is said again to the next
            // one.
            _unanswered = true;
            return;
        }
        catch (InvalidProcessStateException)
        {
            // It had ended already: it was said a second time, or too late.
        }

        if (Start is not null && !_isStarted)
        {
            _isStarted = true;
        }
        else
        {
            _next++;
            _lookedAt = -1;
        }
    }
}

using System.Text;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>Leads one conversation.</summary>
/// <param name="processes">The cluster.</param>
/// <param name="caller">Writes it down.</param>
/// <param name="conversation">What to do.</param>
public sealed class Talk(IProcessClient processes, Caller caller, Conversation conversation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ProcessHandle _handle = processes.GetHandle(conversation.Process);
    private readonly Random _random = new(conversation.Seed);

    /// <summary>Leads it to its end.</summary>
    /// <param name="cancellationToken">Ends it before.</param>
    /// <returns>Completes when the process has ended and everything was said.</returns>
    public async Task LeadAsync(CancellationToken cancellationToken)
    {
        await StartAsync(CallKind.Start, IfExists.UseExisting, cancellationToken);
        if (_random.Next(4) == 0)
        {
            await StartAsync(CallKind.StartAgain, IfExists.UseExisting, cancellationToken);
        }

        if (_random.Next(8) == 0)
        {
            await StartAsync(CallKind.StartTaken, IfExists.Fail, cancellationToken);
        }

        var sending = Task.WhenAll(
            conversation.Senders.Select(
                (count, sender) => SendAsync(sender, count, new Random(conversation.Seed + sender), cancellationToken))
        );
        if (conversation.Pauses)
        {
            await ControlAsync(
                CallKind.Pause,
                token => _handle.PauseAsync(cancellationToken: token),
                cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(200)), TimeProvider.System, cancellationToken);
            await ControlAsync(CallKind.Play, token => _handle.PlayAsync(cancellationToken: token), cancellationToken);
        }

        if (conversation.Kills)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(400)), TimeProvider.System, cancellationToken);
            await ControlAsync(CallKind.Kill, token => _handle.KillAsync(cancellationToken: token), cancellationToken);
        }

        await sending;
        for (var times = _random.Next(1, 3); times > 0; times--)
        {
            await caller.CallAsync(Line(CallKind.Result), ResultAsync, cancellationToken);
        }

        caller.Done(conversation.Process);
    }

    private ClientLine Line(CallKind kind) =>
        new()
        {
            Call = 0,
            Kind = kind,
            Phase = CallPhase.Invoke,
            Process = conversation.Process.Value,
        };

    private Task<string?> StartAsync(CallKind kind, IfExists ifExists, CancellationToken cancellationToken) =>
        caller.CallAsync(
            Line(kind) with
            {
                Type = conversation.Type,
                Input = conversation.Input,
            },
            async token =>
            {
                var options = new StartOptions
                {
                    Id = conversation.Process,
                    IfExists = ifExists,
                    Deadline = conversation.Deadline,
                };
                var started = await processes.StartJsonAsync(
                    conversation.Type,
                    Encoding.UTF8.GetBytes(conversation.Input),
                    options,
                    token);
                return started.WasCreated ? ClientLine.Created : ClientLine.Existing;
            },
            cancellationToken);

    private Task<string?> ControlAsync(
        CallKind kind,
        Func<CancellationToken, Task<ControlResult>> control,
        CancellationToken cancellationToken
    ) => caller.CallAsync(Line(kind), async token => (await control(token)).Status.ToString(), cancellationToken);

    /// <summary>
    /// Sends the items of one sender, each after the one before was acknowledged, and some of them again: at once, or
    /// later.
    /// </summary>
    private async Task SendAsync(int sender, int count, Random random, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            await SignalAsync($"{sender}:{number}", cancellationToken);
            if (random.Next(4) == 0)
            {
                await SignalAsync($"{sender}:{random.Next(number + 1)}", cancellationToken);
            }
        }
    }

    private Task<string?> SignalAsync(string item, CancellationToken cancellationToken) =>
        caller.CallAsync(
            Line(CallKind.Signal) with
            {
                Item = item,
            },
            async token =>
                (await _handle.SignalAsync(Collect.Signal, item, signalId: item, token)).WasStored
                    ? ClientLine.Stored
                    : ClientLine.Known,
            cancellationToken);

    /// <summary>
    /// Waits for the end. A pause that was asked for without an answer may come at any time, and a step that lost its
    /// silo three times waits for an operator: whoever waits long looks, and lets the process go on.
    /// </summary>
    private async Task<string> ResultAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                var outcome = await _handle.WaitAsync(limit.Token);
                return Answer.Text(
                    outcome.State,
                    outcome.ExitCode,
                    outcome.Output is { } output ? Encoding.UTF8.GetString(output) : null);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                var status = await _handle.GetStatusAsync(cancellationToken);
                if (status.Incident is { Code: IncidentCode.CrashLoop })
                {
                    await ControlAsync(CallKind.Retry, token => _handle.RetryAsync(token), cancellationToken);
                }
                else if (status is { Incident: null, Summary.Paused: true })
                {
                    await ControlAsync(CallKind.Play, token => _handle.PlayAsync(tree: true, token), cancellationToken);
                }
            }
        }
    }
}

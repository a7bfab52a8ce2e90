using System.Threading.Channels;
using Orleans.Workflows.RandomPrograms.Interpreting;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// Does to one process what its program says, one thing after the other, looking at its last commit each time.
/// </summary>
internal sealed class Actor
{
    private readonly Outside _outside;
    private readonly ProcessId _id;
    private readonly CancellationToken _cancel;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly HashSet<int> _met = [];
    private readonly Queue<Meddling> _meddlings = new();
    private volatile ProcessView? _view;
    private bool _isBegun;

    /// <summary>Makes an actor.</summary>
    /// <param name="outside">Everybody.</param>
    /// <param name="id">The process.</param>
    /// <param name="cancel">Ends it.</param>
    public Actor(Outside outside, ProcessId id, CancellationToken cancel)
    {
        _outside = outside;
        _id = id;
        _cancel = cancel;
        _ = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Tells of a commit.</summary>
    /// <param name="view">The process as of then.</param>
    public void Tell(ProcessView view)
    {
        // Told in the order of the commits, but for threads that overtake each other.
        lock (_lock)
        {
            _view = _view?.Row.Version > view.Row.Version ? _view : view;
        }

        _news.Writer.TryWrite(true);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _news.Reader.WaitToReadAsync(_cancel))
            {
                _news.Reader.TryRead(out _);
                while (_view is { } view && !view.Row.State.IsTerminal() && await StepAsync(view))
                {
                }
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // The batch is over.
        }
        catch (Exception e)
        {
            _outside.Blame($"the actor of {_id} failed: {e}");
        }
    }

    /// <summary>Does one thing, if there is one to do.</summary>
    private async Task<bool> StepAsync(ProcessView view)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            view.Program.Meddlings.OrderBy(static meddling => meddling.Version).ToList().ForEach(_meddlings.Enqueue);
            foreach (
                var early in view.Program.Instructions.Where(static instruction =>
                    instruction is { Kind: InstructionKind.Wait, Plan: SignalPlan.Early }))
            {
                await SignalAsync(early);
            }

            return true;
        }

        if (_meddlings.TryPeek(out var meddling) && meddling.Version <= view.Row.Version)
        {
            await ActAsync(_meddlings.Dequeue().Act, view, atMeeting: false);
            return true;
        }

        switch (view)
        {
            case { Row.Incident: { } incident }:
                await MendAsync(view, incident);
                return true;
            case { Row.Paused: true }:
                await _outside.DoAsync(_id, process => EffectAsync(process.PlayAsync(cancellationToken: _cancel)));
                return true;
            case { Row.State: ProcessState.Created, Row.Parent: null, Program.Start: StartMode.Created }:
                await _outside.DoAsync(_id, async process => await process.ContinueAsync(_cancel));
                return _view!.Row.Version > view.Row.Version;
            case { Row.State: ProcessState.Running, Instruction: { Kind: InstructionKind.Hold } hold }
                when _met.Add(view.At):
                await ActAsync(hold.Code % 2 == 0 ? Act.Kill : Act.Force, view, atMeeting: true);
                return true;
            case
            {
                WaitsForSignal: true,
                Instruction: { Kind: InstructionKind.Wait, Plan: SignalPlan.AtWait or SignalPlan.Racing } wait
            } when _met.Add(view.At):
                await MeetAsync(wait, view);
                return true;
            default:
                return false;
        }
    }

    private async Task MeetAsync(Instruction wait, ProcessView view)
    {
        foreach (var act in wait.Acts)
        {
            await ActAsync(act, view, atMeeting: true);
            if (act is Act.Kill or Act.Force or Act.KillParent)
            {
                return;
            }
        }

        await SignalAsync(wait);
    }

    private Task ActAsync(Act act, ProcessView view, bool atMeeting) =>
        act switch
        {
            Act.Pause => _outside.DoAsync(_id, process => PauseAsync(process, tree: false, atMeeting)),
            Act.PauseTree => _outside.DoAsync(_id, process => PauseAsync(process, tree: true, atMeeting)),
            Act.Repeat => RepeatAsync(),
            Act.Kill => _outside.DoAsync(_id, process =>
                process.KillAsync("from outside", cancellationToken: _cancel)),
            Act.Force => _outside.DoAsync(_id, process => process.KillAsync("from outside", force: true, _cancel)),
            Act.KillParent when view.Row.Parent is { } parent => _outside.DoAsync(parent, process =>
                process.KillAsync("for its child", cancellationToken: _cancel)),
            _ => throw new InvalidOperationException($"There is no act {act}."),
        };

    /// <summary>
    /// At a point where both meet, the pause has its effect before the play comes; else it is played when it is seen
    /// paused.
    /// </summary>
    private async Task PauseAsync(ProcessHandle process, bool tree, bool atMeeting)
    {
        var pause = await process.PauseAsync("from outside", tree, cancellationToken: _cancel);
        if (atMeeting)
        {
            await pause.WaitForEffectAsync(_cancel);
            await EffectAsync(process.PlayAsync(tree, _cancel));
        }
    }

    private async Task SignalAsync(Instruction wait)
    {
        var name = wait.SignalName();
        var number = _sent[name] = _sent.GetValueOrDefault(name) + 1;
        await Task.WhenAll(Enumerable.Range(0, 1 + wait.Repeats).Select(_ => _outside.DoAsync(
            _id, process => process.SignalAsync(name, $"{name}#{number}", $"{name}-{number}", _cancel))));
    }

    /// <summary>What was sent is known for as long as the process exists, whatever comes under its id.</summary>
    private async Task RepeatAsync()
    {
        foreach (var (name, number) in _sent)
        {
            await _outside.DoAsync(_id, async process =>
            {
                if ((await process.SignalAsync(name, "again", $"{name}-{number}", _cancel)).WasStored)
                {
                    _outside.Blame($"{_id} took the signal {name}-{number} again");
                }
            });
        }
    }

    private async Task MendAsync(ProcessView view, IncidentCode incident)
    {
        var always = view.Instruction is { Kind: InstructionKind.Work, Fails: Instruction.Always };
        switch (incident)
        {
            case IncidentCode.CrashLoop:
                await _outside.DoAsync(_id, process => EffectAsync(process.RetryAsync(_cancel)));
                break;
            case IncidentCode.StepFailed when always && view.Instruction!.Mend == Mend.Retry:
                _outside.World.MendCause(_id, view.At);
                await _outside.DoAsync(_id, process => EffectAsync(process.RetryAsync(_cancel)));
                break;
            case IncidentCode.StepFailed when always && view.Instruction!.Mend == Mend.Skip:
                await _outside.DoAsync(_id, process => SkipAsync(process, view));
                break;
            default:
                if (
                    incident != IncidentCode.StepFailed
                    || !(always || view.Instruction is { Kind: InstructionKind.Children, MustSucceed: true }))
                {
                    _outside.Blame(
                        $"{_id} has an incident {incident} at the instruction {view.At}: "
                        + $"{view.Checkpoint.Incident?.Text}");
                }

                await _outside.DoAsync(_id, process =>
                    EffectAsync(process.KillAsync("the incident", cancellationToken: _cancel)));
                break;
        }
    }

    private async Task SkipAsync(ProcessHandle process, ProcessView view)
    {
        if (!view.Program.IsChain())
        {
            await EffectAsync(process.SkipAsync(MachineInterpreter.PositionOf(view.Program, view.At + 1), _cancel));
            return;
        }

        await EffectAsync(process.EditContextAsync($$"""{"at":{{view.At + 1}}}""", "skipped", _cancel));
        await EffectAsync(process.SkipAsync(cancellationToken: _cancel));
    }

    private async Task EffectAsync(Task<ControlResult> control) => await (await control).WaitForEffectAsync(_cancel);
}

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// Lets steps in that were running when their hosts died twice. The first one is alone; each that leaves alive makes
/// room for one more, so that the innocent do not stand in line for long, and one that takes its host along has little
/// company.
/// </summary>
internal sealed class SuspectGate(TimeProvider time)
{
    /// <summary>
    /// How many are in at most: as many innocents have to be tried alone when one of them was guilty.
    /// </summary>
    public const int MostPlaces = 32;

    /// <summary>How many wait in memory at most. More are looked for again later.</summary>
    public const int MostWaiting = 256;

    /// <summary>Who has run for so long has survived: it leaves the gate, and goes on running.</summary>
    public static readonly TimeSpan Survival = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiting = [];
    private readonly List<Place> _inside = [];
    private int _places = 1;

    /// <summary>Whether so many wait that another one had better come again later.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count >= MostWaiting;
            }
        }
    }

    /// <summary>
    /// Waits to be let in. Steps take turns, so that many suspects of one do not hold up another's; those of one step
    /// enter in the order of asking.
    /// </summary>
    /// <param name="step">The step: its type and position.</param>
    /// <param name="alone">Whether it must have no company, because it has survived a crash in company already.</param>
    /// <returns>Its place, when it is in.</returns>
    public Task<Place> EnterAsync(string step, bool alone)
    {
        var waiter = new Waiter(step, alone);
        lock (_lock)
        {
            _waiting.Add(waiter);
            Admit();
        }

        return waiter.Entered.Task;
    }

    private void Leave(Place place, bool alive)
    {
        lock (_lock)
        {
            if (!_inside.Remove(place))
            {
                return;
            }

            _places = alive ? Math.Min(_places + 1, MostPlaces) : _places;
            Admit();
            if (_inside.Count == 0)
            {
                _places = 1;
            }
        }
    }

    private void Admit()
    {
        while (_waiting.Count > 0 && _inside.Count < _places && !_inside.Exists(static place => place.IsAlone))
        {
            var next = _waiting.MinBy(waiter => _inside.Count(place => place.Step == waiter.Step))!;
            if (next.Alone && _inside.Count > 0)
            {
                return;
            }

            _waiting.Remove(next);
            var place = new Place(this, next.Step, isAlone: next.Alone || _places == 1);
            _inside.Add(place);
            next.Entered.SetResult(place);
        }
    }

    /// <summary>A place behind the gate.</summary>
    internal sealed class Place
    {
        private readonly SuspectGate _gate;
        private ITimer? _timer;

        /// <summary>Makes a place.</summary>
        public Place(SuspectGate gate, string step, bool isAlone) => (_gate, Step, IsAlone) = (gate, step, isAlone);

        /// <summary>The step that has it.</summary>
        public string Step { get; }

        /// <summary>
        /// Whether no other suspect is in until this one leaves: then the death of the host says something about it.
        /// </summary>
        public bool IsAlone { get; }

        /// <summary>Takes note that the step runs from now on.</summary>
        /// <param name="survived">Is told, from any thread, when it has survived, and leaves.</param>
        public void Begin(Action survived) => _timer ??= _gate.CreateTimer(survived);

        /// <summary>Makes room for the next. Once; from any thread.</summary>
        /// <param name="alive">Whether the step has ended, and its host lives.</param>
        public void Leave(bool alive)
        {
            _timer?.Dispose();
            _gate.Leave(this, alive);
        }
    }

    private ITimer CreateTimer(Action elapsed) =>
        time.CreateTimer(static state => ((Action)state!)(), elapsed, Survival, Timeout.InfiniteTimeSpan);

    /// <summary>One that waits to be let in.</summary>
    private sealed record Waiter(string Step, bool Alone)
    {
        public TaskCompletionSource<Place> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

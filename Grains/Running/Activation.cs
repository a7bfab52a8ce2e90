using Orleans.Runtime.Placement;
using Orleans.Workflows.Grains.Clock;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Running;

/// <summary>
/// What the parts of one activation share: its queue, what it knows of the process, and whether it goes on.
/// </summary>
internal sealed class Activation
{
    /// <summary>By how much a scan's time counts beyond this silo's own reckoning.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(5);

    private readonly IGrainContext _context;
    private readonly EngineClock _clock;
    private readonly ProcessPlaces _places;
    private volatile EngineState? _state;
    private volatile bool _isStopping;
    private DateTimeOffset _scanTime;

    /// <summary>Makes the activation's parts.</summary>
    public Activation(IGrainContext context, EngineClock clock, ProcessPlaces places)
    {
        _context = context;
        _clock = clock;
        _places = places;

        // Nothing for a key that is no id, which only a call from outside can have: each call says so to its sender.
        Id = ProcessId.TryParse(context.GrainId.Key.ToString(), out var id) ? id : default;
        Queue = new LaneQueue(this);
    }

    /// <summary>The process.</summary>
    public ProcessId Id { get; }

    /// <summary>What is to be done, in its order.</summary>
    public LaneQueue Queue { get; }

    /// <summary>Where all turns run, one at a time.</summary>
    public TaskScheduler Scheduler { get; private set; } = TaskScheduler.Default;

    /// <summary>
    /// The process as it was committed last; null while it is not loaded. Changes only when a commit is durable.
    /// </summary>
    public EngineState? State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Whether the activation is told to end: no step is begun or taken over any more.</summary>
    public bool IsStopping
    {
        get => _isStopping;
        set => _isStopping = value;
    }

    /// <summary>Whether it has ended: it decides and commits nothing more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>
    /// Whether it was handed on to another silo, and then whether there is a process; else its start comes again.
    /// </summary>
    public bool? HandedOn { get; private set; }

    /// <summary>What is done when it ends.</summary>
    public Action Retiring { get; set; } = static () => { };

    /// <summary>The engine's time, or that of a scan whose clock is a little ahead.</summary>
    public DateTimeOffset Now => _clock.Now is var now && now > _scanTime ? now : _scanTime;

    /// <summary>A time that has surely come, for what ends the process.</summary>
    public DateTimeOffset Surely => _clock.Surely(_state?.Row.CreatedAt ?? _clock.Now);

    /// <summary>Begins: the caller runs on the activation's scheduler.</summary>
    public void Begin() => Scheduler = TaskScheduler.Current;

    /// <summary>Begins something on the activation's scheduler, from any thread.</summary>
    /// <returns>Completes when it has begun, with the work itself.</returns>
    public Task<Task> Run(Func<Task> work) => Detached.Run(work, Scheduler);

    /// <summary>Lets a scan's time count.</summary>
    /// <param name="scanTime">The time for which a scan found the process due.</param>
    public void Expect(DateTimeOffset? scanTime)
    {
        if (scanTime > _scanTime)
        {
            // Silos of a cluster agree on the time to some milliseconds. Who is further ahead is wrong, or means harm.
            var most = _clock.Now + MostAhead;
            _scanTime = scanTime < most ? scanTime.Value : most;
        }
    }

    /// <summary>Ends the activation: memory is dropped, and the row stays the truth.</summary>
    /// <param name="deactivate">Whether Orleans is told; not when it is Orleans that ends it.</param>
    public void Retire(bool deactivate)
    {
        if (!IsRetired)
        {
            IsRetired = true;
            Retiring();
            Queue.Refuse();
        }

        if (deactivate)
        {
            _context.Deactivate(
                new DeactivationReason(
                    DeactivationReasonCode.ApplicationRequested,
                    "The process has nothing left to do here."));
        }
    }

    /// <summary>Pokes the process, wherever it is when this activation has ended.</summary>
    public void PokeNext() => _places.Poke(Id);

    /// <summary>
    /// Ends the activation and has the process go on at another silo. When that silo cannot be reached, the process is
    /// only left: a supervisor wakes it again, with its back-off, so that nothing goes to and fro without end.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="isStored">Whether there is a process; else its start comes again.</param>
    public void HandOn(SiloAddress silo, bool isStored)
    {
        Retire(deactivate: false);
        HandedOn = isStored;
        _context.Migrate(new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = silo });
    }
}

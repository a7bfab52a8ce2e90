namespace Orleans.Workflows;

/// <summary>
/// Tunes the engine of a silo. Cross-field rule: <see cref="IdleTimeout"/> is shorter than a
/// <see cref="ReminderPeriod"/> of a minute or more.
/// </summary>
public sealed class WorkflowOptions
{
    /// <summary>
    /// How long a step that was told to stop may go on before it is given up, and how long a hook may take.
    /// </summary>
    /// <value>From the cancellation of its token on. 0 to 10 minutes. Default: 10 seconds.</value>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process that waits stays in memory.</summary>
    /// <value>From its last turn on. 1 second to 10 minutes. Default: 10 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running steps may go on when the silo stops, before their tokens are cancelled.</summary>
    /// <value>0 to 1 hour. Default: 5 seconds.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many supervisors share the id space.</summary>
    /// <value>
    /// 1 to 256. Default: 4. Can be changed by replacing the silos one by one: each number has a set of supervisors of
    /// its own, which covers everything and ends when no silo has that number any more.
    /// </value>
    public int Supervisors { get; set; } = 4;

    /// <summary>How often a supervisor looks for unseen messages, and how far it looks ahead for due times.</summary>
    /// <value>100 milliseconds to 1 minute. Default: 1 second.</value>
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a supervisor looks for processes of dead silos, and a silo for its own that nobody runs.
    /// </summary>
    /// <value>1 second to 10 minutes. Default: 15 seconds.</value>
    public TimeSpan OwnerScanInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the reminder of a supervisor ticks, which alone is enough to resume everything.</summary>
    /// <value>
    /// 1 second to 1 hour; below 1 minute also Orleans' minimum reminder period has to be lowered. Default: 1 minute.
    /// </value>
    public TimeSpan ReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What makes supervisors scan besides their reminders.</summary>
    /// <value>Default: everything. Less is for tests that show what is enough.</value>
    public SupervisorTriggers SupervisorTriggers { get; set; } = SupervisorTriggers.All;

    /// <summary>How many processes a supervisor wakes per second at most.</summary>
    /// <value>1 to 100,000. Default: 2,000.</value>
    public int WakesPerSecond { get; set; } = 2_000;

    /// <summary>How long trees of ended processes are kept.</summary>
    /// <value>From the end of the last member on; an hour or more. Null, the default: for ever.</value>
    public TimeSpan? Retention { get; set; }

    /// <summary>How long a process waits for a silo that knows its type before that is an incident.</summary>
    /// <value>1 second to 1 day. Default: 10 minutes, so that a rolling deployment makes no incidents.</value>
    public TimeSpan NotRunnableTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many CPU-bound steps compute at the same time, each on a thread of its own.</summary>
    /// <value>1 to 1,000. Default: the number of processors that the silo may use.</value>
    public int CpuBoundSteps { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether clients may change the cluster's settings (<see cref="IClusterSettingsGrain"/>) and call Orleans'
    /// management grain.
    /// </summary>
    /// <value>
    /// Default: <c>false</c>, only code in a silo may. Set it where none but operators reach the gateways.
    /// </value>
    public bool ManagementByClients { get; set; }

    /// <summary>
    /// Whether what steps leave (context, arguments, outputs, inputs of children) is read back and compared before it
    /// is stored. A step whose values would not come back as they were fails, and names the member. It costs about as
    /// much as the step's own reading and writing.
    /// </summary>
    /// <value>Null, the default: in the environment Development, and in test clusters.</value>
    public bool? ReadValuesBack { get; set; }

    /// <summary>Checks the options.</summary>
    /// <returns>Every fault, each with its option, value, bound and remedy; empty when there is none.</returns>
    public IReadOnlyList<string> FindFaults()
    {
        var faults = new List<string>();
        Between(faults, nameof(GracePeriod), GracePeriod, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(faults, nameof(IdleTimeout), IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(faults, nameof(DrainTimeout), DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        Between(faults, nameof(Supervisors), Supervisors, 1, 256);
        Between(faults, nameof(ScanInterval), ScanInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Between(
            faults,
            nameof(OwnerScanInterval),
            OwnerScanInterval,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(10));
        Between(faults, nameof(ReminderPeriod), ReminderPeriod, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(faults, nameof(CpuBoundSteps), CpuBoundSteps, 1, 1_000);
        Between(faults, nameof(WakesPerSecond), WakesPerSecond, 1, 100_000);
        Between(faults, nameof(NotRunnableTimeout), NotRunnableTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (IdleTimeout >= ReminderPeriod && ReminderPeriod >= TimeSpan.FromMinutes(1))
        {
            faults.Add(
                $"Workflows:Engine:{nameof(IdleTimeout)} is {IdleTimeout}; it must be shorter than "
                + $"{nameof(ReminderPeriod)}, which is {ReminderPeriod}.");
        }

        if (Retention is { } retention)
        {
            Between(faults, nameof(Retention), retention, TimeSpan.FromHours(1), TimeSpan.MaxValue);
        }

        return faults;
    }

    private static void Between<T>(List<string> faults, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add(
                $"Workflows:Engine:{option} is {value}; it must be between {least} and {most}. Set it in the "
                + "configuration or by AddWorkflows(…).Configure(…).");
        }
    }
}

namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>One instruction of a program, with what the outside does when the process is there.</summary>
public sealed record Instruction
{
    /// <summary>As often as this, a step fails until somebody mends it.</summary>
    public const int Always = 99;

    /// <summary>What it does.</summary>
    public InstructionKind Kind { get; init; }

    /// <summary>How many attempts of the work fail before one succeeds: 0 to 3, or <see cref="Always"/>.</summary>
    public int Fails { get; init; }

    /// <summary>Whether the work is a CPU-bound step.</summary>
    public bool Computes { get; init; }

    /// <summary>How many milliseconds the work takes.</summary>
    public int Takes { get; init; }

    /// <summary>What is done about work that always fails, where failures are incidents.</summary>
    public Mend Mend { get; init; }

    /// <summary>Whether the wait for a signal has a timeout.</summary>
    public bool Timeout { get; init; }

    /// <summary>When the signal is sent.</summary>
    public SignalPlan Plan { get; init; }

    /// <summary>Which of two names the signal has, where the plan does not say it.</summary>
    public bool Other { get; init; }

    /// <summary>What the outside does when it sees the process wait for a signal, before it sends that.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>How often the signal is sent under its id, beside the first time.</summary>
    public int Repeats { get; init; }

    /// <summary>How long to sleep.</summary>
    public TimeSpan Sleep { get; init; }

    /// <summary>The children.</summary>
    public IReadOnlyList<RandomProgram> Children { get; init; } = [];

    /// <summary>Whether the process fails when a child does.</summary>
    public bool MustSucceed { get; init; }

    /// <summary>The exit code, or how a held step is killed: by force when it is odd.</summary>
    public int Code { get; init; }

    /// <summary>The signal's name: it tells the plans apart that would disturb each other.</summary>
    /// <returns>a, b, t or r.</returns>
    public string SignalName() => (Plan, Timeout) switch
    {
        (SignalPlan.Racing, _) => "r",
        (_, true) => "t",
        _ => Other ? "b" : "a",
    };

    /// <summary>Whether the outside kills the process when it is here.</summary>
    /// <returns>Whether it does.</returns>
    public bool IsDeadly() =>
        Kind == InstructionKind.Hold
        || (Kind == InstructionKind.Wait && Acts.Any(static act => act is Act.Kill or Act.Force or Act.KillParent));
}

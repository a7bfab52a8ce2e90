using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What an outline builder has gathered: steps, ids and faults.</summary>
/// <param name="type">The name of the definition's class, for the faults.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class OutlineDraft(string type, List<string> faults)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<StepNode> _nodes = [];
    private readonly Dictionary<string, LeafInstruction> _elements = new(StringComparer.Ordinal);

    /// <summary>The steps.</summary>
    public IReadOnlyList<StepNode> Nodes => _nodes;

    /// <summary>The elements at which a step can have the process go on, by their ids.</summary>
    public IReadOnlyDictionary<string, LeafInstruction> Elements => _elements;

    /// <summary>The exit codes that the outline returns, which the definition must declare.</summary>
    public List<ExitCode> Returned { get; } = [];

    /// <summary>Notes an exit code that the outline returns.</summary>
    public void Declare(ExitCode exitCode) => Returned.Add(exitCode);

    /// <summary>Adds a step.</summary>
    public void Add(StepNode node) => _nodes.Add(node);

    /// <summary>Adds an element at which a step can have the process go on.</summary>
    public void Add(string id, LeafInstruction element) => _elements[id] = element;

    /// <summary>Notes a fault.</summary>
    /// <param name="text">What is wrong, without the class.</param>
    public void Fault(string text) => faults.Add($"{type}: {text}.");

    /// <summary>Runs the code of a block, which may throw without hiding what is wrong behind the block.</summary>
    public bool TryFill(string block, Action fill) => FaultGuard.TryDefine(type, $"its block '{block}'", faults, fill);

    /// <summary>Checks that an element names its method.</summary>
    /// <param name="method">The method, which a caller without nullable annotations may have left out.</param>
    /// <param name="what">What it is for.</param>
    public bool IsNamed(Delegate? method, string what)
    {
        if (method is null)
        {
            Fault($"{what} of the outline is null; name an instance method of the class");
        }

        return method is not null;
    }

    /// <summary>Checks what an element waits for, and what gets it.</summary>
    public bool CheckSignal(string signal, Delegate then)
    {
        if (!IsNamed(then, $"what gets the signal '{signal}'"))
        {
            return false;
        }

        if (string.IsNullOrEmpty(signal))
        {
            Fault(
                $"the signal that '{then.Method.Name}' gets has no name; give one of 1 to "
                + $"{WorkflowLimits.MaxSignalNameLength} characters");
            return false;
        }

        if (signal.Length > WorkflowLimits.MaxSignalNameLength || StorableText.FaultOf(signal) is not null)
        {
            Fault(
                $"it waits for a signal with a name of {signal.Length} characters that nobody can send: at most "
                + $"{WorkflowLimits.MaxSignalNameLength} characters of Unicode without U+0000 are allowed");
        }

        return true;
    }

    /// <summary>Checks how long an element waits.</summary>
    /// <param name="id">The element.</param>
    /// <param name="time">How long; null for ever.</param>
    public void CheckTime(string id, TimeSpan? time)
    {
        if (time < TimeSpan.Zero)
        {
            Fault(
                $"'{id}' waits for {time}; it must be zero or more: "
                + "to wait for ever, wait for a signal without a timeout");
        }
    }

    /// <summary>Takes an id for an element.</summary>
    /// <param name="method">The method that the element names; null for one without.</param>
    /// <param name="given">The id that the definition gives; null for the method's name.</param>
    /// <param name="self">The id of an element that is not named after its method.</param>
    public string Claim(Delegate? method, string? given, string? self = null)
    {
        var id = self ?? given ?? method?.Method.Name ?? "";
        if (method is not null && !StepMethods.IsStep(method.Method))
        {
            Fault(
                given is null && self is null
                    ? $"an element of the outline is a lambda or a static method ('{id}'); name an instance method of "
                        + "the class, so that its id can be stored"
                    : $"the element '{id}' is a lambda or a static method; name an instance method of the class, which "
                        + "each attempt calls on its own instance");
        }

        if (id.Length is 0 or > WorkflowLimits.MaxStepLength || id.Contains('/', StringComparison.Ordinal))
        {
            Fault($"the id '{id}' must have 1 to {WorkflowLimits.MaxStepLength} characters and no '/'");
        }
        else if (!_ids.Add(id))
        {
            Fault($"two elements have the id '{id}'; give one of them another id, or its method another name");
        }

        return id;
    }
}

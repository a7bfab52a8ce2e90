using System.CommandLine;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>The options that say which processes to list, and in which order.</summary>
internal sealed class ListFilters
{
    private readonly Option<string?> _type = new("--type")
    {
        Description = "Of this process type",
        HelpName = "TYPE",
    };
    private readonly Option<ProcessState[]> _states = new("--state")
    {
        Description = $"{string.Join(", ", Enum.GetNames<ProcessState>())}; can be repeated",
        HelpName = "STATE",
        CustomParser = Parsed.All(EnumText.Parse<ProcessState>),
    };
    private readonly Option<bool?> _paused = new("--paused")
    {
        Description = "That are paused; with 'false': that are not",
    };
    private readonly Option<bool?> _incident = new("--incident")
    {
        Description = "With an open incident; with 'false': without one",
    };
    private readonly Option<ProcessId?> _parent = Id("--parent", "Started by this process");
    private readonly Option<ProcessId?> _root = Id("--root", "In the tree of this process, itself included");
    private readonly Option<bool> _roots = new("--roots") { Description = "That no process has started" };
    private readonly Option<IReadOnlyDictionary<string, string>> _tags = Tag.CreateOption(
        "With this tag; can be repeated");
    private readonly Option<DateTimeOffset?> _createdAfter = Time(
        "--created-after",
        "Created at this time or later: 2026-01-31, 2026-01-31T12:00:00Z, or 2h for two hours ago");
    private readonly Option<DateTimeOffset?> _createdBefore = Time("--created-before", "Created before this time");
    private readonly Option<DateTimeOffset?> _finishedAfter = Time("--finished-after", "Ended at this time or later");
    private readonly Option<DateTimeOffset?> _finishedBefore = Time("--finished-before", "Ended before this time");
    private readonly Option<string?> _idPrefix = new("--id-prefix")
    {
        Description = "Whose id begins so",
        HelpName = "TEXT",
    };
    private readonly Option<bool> _oldestFirst = new("--oldest-first")
    {
        Description = "The oldest first instead of the newest",
    };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        EnumText.Complete<ProcessState>(_states);
        foreach (var option in new Option[]
        {
            _type, _states, _paused, _incident, _parent, _root, _roots, _tags,
            _createdAfter, _createdBefore, _finishedAfter, _finishedBefore, _idPrefix, _oldestFirst,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>Reads what was given.</summary>
    public ProcessQuery Read(ParseResult arguments) => new()
    {
        Type = arguments.GetValue(_type),
        States = arguments.GetValue(_states) ?? [],
        Paused = arguments.GetValue(_paused),
        HasIncident = arguments.GetValue(_incident),
        Parent = arguments.GetValue(_parent),
        Root = arguments.GetValue(_root),
        RootsOnly = arguments.GetValue(_roots),
        Tags = arguments.GetValue(_tags) ?? new Dictionary<string, string>(),
        CreatedFrom = arguments.GetValue(_createdAfter),
        CreatedBefore = arguments.GetValue(_createdBefore),
        FinishedFrom = arguments.GetValue(_finishedAfter),
        FinishedBefore = arguments.GetValue(_finishedBefore),
        IdPrefix = arguments.GetValue(_idPrefix),
        Order = arguments.GetValue(_oldestFirst) ? ProcessOrder.OldestFirst : ProcessOrder.NewestFirst,
    };

    private static Option<ProcessId?> Id(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "ID",
            CustomParser = Parsed.One<ProcessId?>(static text => ProcessId.Parse(text)),
        };

    private static Option<DateTimeOffset?> Time(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = Parsed.One<DateTimeOffset?>(static text => PointInTime.Parse(text)),
        };
}

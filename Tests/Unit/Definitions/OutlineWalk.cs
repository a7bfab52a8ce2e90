using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Unit.Definitions;

/// <summary>Walks through a definition as an activation does, step by step on new instances, without a store.</summary>
internal static class OutlineWalk
{
    public static ProcessDefinition Sound(Type type)
    {
        var faults = new List<string>();
        var definition = DefinitionFactory.Create(type, services: null, faults);
        faults.ShouldBeEmpty();
        return definition.ShouldNotBeNull();
    }

    public static IReadOnlyList<string> Faults(
        Type type,
        Microsoft.Extensions.DependencyInjection.IServiceProviderIsService? services = null)
    {
        var faults = new List<string>();
        DefinitionFactory.Create(type, services, faults).ShouldBeNull();
        return faults;
    }

    /// <summary>The positions through which a process goes, and how it ends.</summary>
    public static async Task<string> PathAsync(Type type, string input = "{}", int most = 20)
    {
        var definition = Sound(type);
        var position = definition.First;
        RawJson? context = null;
        List<string> path = [];
        while (path.Count < most)
        {
            path.Add(position);
            var (directive, after) = await RunAsync(definition, position, input, context);
            context = after;
            switch (directive)
            {
                case Directive.Next next:
                    position = next.Position;
                    break;
                case Directive.AwaitSignal signal:
                    path.Add($"[{signal.Name}]");
                    position = signal.OnTimeout ?? signal.Then;
                    break;
                case Directive.AwaitTime time:
                    path.Add($"[{time.Delay}]");
                    position = time.Then;
                    break;
                case Directive.AwaitChildren children:
                    path.Add($"[{children.Total} children]");
                    position = children.Then;
                    break;
                case Directive.End end:
                    path.Add(end.ExitCode == 0 ? "end" : $"exit {end.ExitCode}");
                    return string.Join(' ', path);
                default:
                    throw new InvalidOperationException(directive.ToString());
            }
        }

        return string.Join(' ', path);
    }

    public static async Task<(Directive Directive, RawJson? Context)> RunAsync(
        ProcessDefinition definition,
        string position,
        string input = "{}",
        RawJson? context = null,
        RawJson? args = null)
    {
        var process = definition.Create(NoServices.Instance);
        process.Bind(System.Text.Encoding.UTF8.GetBytes(input), context);
        process.Work = new StepWork(new EmittedOutputs(definition.Outputs, stored: null));
        var call = new StepCall(Context(position), args, [Child(0), Child(1)]);
        var step = definition.Steps[position];
        var directive = NextSteps.Find(definition, step, process, process.Work, await step.RunAsync(process, call));
        return (directive, process.SaveContext());
    }

    private static (int Index, ProcessOutcome Outcome) Child(int index) => (index, new ProcessOutcome
    {
        Id = ProcessId.Parse($"parent/0.{index}"),
        State = ProcessState.Finished,
        ExitCode = 0,
        Output = "{}"u8.ToArray(),
        FinishedAt = default,
    });

    private static StepContext Context(string position) => new(static () => StopReason.None)
    {
        ProcessId = ProcessId.Parse("p"),
        RunId = "r",
        Root = ProcessId.Parse("p"),
        Position = position,
        StepNumber = 0,
        Attempt = 1,
        Tags = new Dictionary<string, string>(),
        Logger = NullLogger.Instance,
        TimeProvider = TimeProvider.System,
        CancellationToken = CancellationToken.None,
    };

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

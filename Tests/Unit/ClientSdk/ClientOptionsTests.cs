using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>How patient a client may be: at each bound, and one beyond.</summary>
public sealed class ClientOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<string, Action<WorkflowClientOptions, TimeSpan>, TimeSpan, TimeSpan> Bounds =>
        new()
        {
            {
                nameof(WorkflowClientOptions.ResponseTimeout),
                static (options, time) => options.ResponseTimeout = time,
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromMinutes(5)
            },
            {
                nameof(WorkflowClientOptions.OperationTimeout),
                static (options, time) => options.OperationTimeout = time,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromDays(1)
            },
            {
                nameof(WorkflowClientOptions.OverloadTimeout),
                static (options, time) => options.OverloadTimeout = time,
                TimeSpan.Zero,
                TimeSpan.FromDays(1)
            },
        };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Timeout_WithinItsBounds_IsTaken_AndBeyondThemIsRefusedByName(
        string name,
        Action<WorkflowClientOptions, TimeSpan> set,
        TimeSpan least,
        TimeSpan most)
    {
        FaultOf(set, least).ShouldBeNull();
        FaultOf(set, most).ShouldBeNull();
        FaultOf(set, least - Tick).ShouldNotBeNull().ShouldContain($"WorkflowClientOptions.{name} must be ");
        FaultOf(set, most + Tick).ShouldNotBeNull().ShouldContain($"WorkflowClientOptions.{name} must be ");
    }

    [Fact]
    public void Timeout_WithoutEnd_IsForOperationsNotForOneCall()
    {
        FaultOf(static (options, time) => options.OperationTimeout = time, Timeout.InfiniteTimeSpan).ShouldBeNull();
        FaultOf(static (options, time) => options.OverloadTimeout = time, Timeout.InfiniteTimeSpan).ShouldBeNull();
        FaultOf(static (options, time) => options.ResponseTimeout = time, Timeout.InfiniteTimeSpan).ShouldNotBeNull();
    }

    private static string? FaultOf(Action<WorkflowClientOptions, TimeSpan> set, TimeSpan time)
    {
        using var services = new ServiceCollection()
            .AddWorkflowClient(options => set(options, time))
            .BuildServiceProvider();
        try
        {
            _ = services.GetRequiredService<IOptions<WorkflowClientOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }
}

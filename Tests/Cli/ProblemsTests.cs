using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Commands;

namespace Orleans.Workflows.CliTests;

/// <summary>
/// Calls of which nobody knows whether they had their effect: the client's remedy is for programs, owf's for those who
/// call owf.
/// </summary>
public sealed class ProblemsTests
{
    private const string Again = " Whether it was stored";
    private static readonly ProcessId Id = ProcessId.Parse("order-17");

    [Fact]
    public void Problem_StartInDoubt_SaysHowToGiveTheCommandAgain()
    {
        var fault = new WorkflowUnavailableException(
            "No answer. Whether the process 'order-17' was stored is not known: … IfExists.UseExisting …")
        {
            ProcessId = Id,
        };

        var problem = Problems.Of(fault, new StartCommand(), verbose: false);

        problem.Message.ShouldBe("No answer.");
        problem.Hint.ShouldBe(
            "Whether the process was stored, 'owf show order-17' tells; the same command with --id order-17 "
            + "--use-existing makes no second one.");
        problem.ProcessId.ShouldBe(Id);
    }

    [Fact]
    public void Problem_SignalInDoubt_SaysHowToGiveTheCommandAgain()
    {
        var fault = new WorkflowUnavailableException($"No answer.{Again}") { ProcessId = Id, MessageId = "s-1" };

        var problem = Problems.Of(fault, new SignalCommand(), verbose: false);

        problem.Hint.ShouldBe("It may have been stored: the same command with --signal-id s-1 has no second effect.");
        problem.MessageId.ShouldBe("s-1");
    }

    [Fact]
    public void Problem_ControlInDoubt_SaysWhereToLook()
    {
        var fault = new CallCanceledException($"The call was cancelled.{Again}") { ProcessId = Id, MessageId = "c-1" };

        var problem = Problems.OfInterruption(fault, new RetryCommand());

        problem.Code.ShouldBe("Interrupted");
        problem.ExitCode.ShouldBe(130);
        problem.Hint.ShouldBe("Whether it was stored, 'owf history order-17' tells.");
        problem.ProcessId.ShouldBe(Id);
    }
}

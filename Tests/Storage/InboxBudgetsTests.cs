using Orleans.Workflows.Storage;

namespace Orleans.Workflows.StorageTests;

/// <summary>How often an inbox is measured while signals gather in it.</summary>
public sealed class InboxBudgetsTests
{
    private static readonly ProcessId Receiver = ProcessId.Parse("collector");

    [Fact]
    public void Flood_IsMeasuredSeldom_AndExactlyWhereItEnds()
    {
        var budgets = new InboxBudgets();
        var (counted, stored, measured) = (0L, 0, 0);
        for (var number = 0; number < 70_000; number++)
        {
            var signal = A.Signal(Receiver, $"m-{number}");
            if (!budgets.Covers(signal))
            {
                measured++;
                budgets.Measured(signal, counted);
                if (signal.IsTooMuch(counted, static () => false))
                {
                    break;
                }
            }

            counted += signal.CountedBytes;
            stored++;
        }

        counted.ShouldBeLessThanOrEqualTo(WorkflowLimits.MaxInboxBytes);
        counted.ShouldBeGreaterThan(WorkflowLimits.MaxInboxBytes - (2 * WorkflowLimits.SignalOverheadBytes));
        measured.ShouldBeLessThan(stored / 100, "the cost of all of them together is not the square of their number");
    }

    [Fact]
    public void Control_CountsNothing() =>
        new InboxBudgets().Covers(A.Control(Receiver, "p", MessageKind.Pause)).ShouldBeTrue();

    [Fact]
    public void SmallInbox_IsMeasuredEachTime()
    {
        var budgets = new InboxBudgets();
        budgets.Measured(A.Signal(Receiver, "l"), InboxBudgets.Small - 1);
        budgets.Covers(A.Signal(Receiver, "m")).ShouldBeFalse();
    }
}

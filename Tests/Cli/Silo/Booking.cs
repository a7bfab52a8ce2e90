using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.CliTests.Silo;

/// <summary>Has described ports, exit codes, and every kind of element in its outline.</summary>
[Process("test/booking", Version = 3), Description("Books seats.")]
public sealed class Booking : WorkChain<Booking.In, Echo.Out, Booking.Progress>
{
    /// <summary>More seats are wanted than there are.</summary>
    public static readonly ExitCode Full = new(410, "FULL", "Only {left} of {wanted} seats are left.");

    /// <summary>Somebody has said no.</summary>
    public static readonly ExitCode Refused = new(420, "REFUSED", "The booking was refused.");

    private static readonly ProcessType<Echo.In, Echo.Out> Ticket = new("test/echo");

    /// <summary>The input.</summary>
    public sealed record In
    {
        /// <summary>Who comes.</summary>
        [Description("Who comes."), StringLength(50)]
        public required string Name { get; init; }

        /// <summary>How many seats.</summary>
        [Range(1, 9)]
        public int Seats { get; init; } = 1;

        /// <summary>Who comes along.</summary>
        public IReadOnlyList<Guest> Guests { get; init; } = [];
    }

    /// <summary>Somebody who comes along.</summary>
    public sealed record Guest(string Name);

    /// <summary>The context.</summary>
    public sealed class Progress
    {
        /// <summary>Whether somebody has said no.</summary>
        public bool Refused { get; set; }

        /// <summary>How many tickets there are.</summary>
        public int Printed { get; set; }
    }

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(Look)
        .If(IsFull, then => then.Return(Sorry))
        .ElseIf(IsLarge, then => then.WaitFor<bool>("approval", Decided))
        .Else(then => then.Step(Reserve))
        .If(IsRefused, static then => then.Return(Refused))
        .While(MorePrints, body => body.Step(Print).Delay(TimeSpan.FromMilliseconds(1), "Dry"))
        .Child(Send, Sent);

    /// <inheritdoc/>
    protected override Echo.Out CreateOutput() => new($"{Context.Printed} tickets");

    private Task Look(StepContext step) => Task.CompletedTask;

    private bool IsFull() => Input.Seats > 6;

    private ExitCode Sorry() => Full.With(("left", 6), ("wanted", Input.Seats));

    private bool IsLarge() => Input.Seats > 3;

    private Task Decided(StepContext step, bool approved) => Task.FromResult(Context.Refused = !approved);

    private Task Reserve(StepContext step) => Task.CompletedTask;

    private bool IsRefused() => Context.Refused;

    private bool MorePrints() => Context.Printed < Input.Seats;

    private Task Print(StepContext step) => Task.FromResult(Context.Printed++);

    private ChildStart<Echo.Out> Send() => Ticket.Child(new Echo.In(Input.Name));

    private Task Sent(StepContext step, ChildResult<Echo.Out> ticket) => Task.CompletedTask;
}

using System.Runtime.InteropServices;
using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;

using var interrupt = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
var terminal = Terminal.OfThisProcess();
return RawArguments.FaultOf(args) is { } fault
    ? CommandLine.Refuse(args, terminal, fault)
    : await CommandLine.RunAsync(args, terminal, ClusterConnection.OpenAsync, interrupt.Token);

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interrupt.Cancel();
}

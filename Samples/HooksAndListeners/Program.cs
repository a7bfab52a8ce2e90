using Orleans.Workflows;
using Samples.HooksAndListeners;
using Samples.SampleHost;

await SampleSilo.RunAsync(processes => processes.AddProcess<Loan>().AddListener<Loan, Register>(), async client =>
{
    Console.WriteLine("A loan that is paused and played while it waits:");
    var loan = await client.StartAsync(Loan.Type, new LoanInput("Ada"));
    await SampleSilo.UntilAsync(loan, static status => status.Summary.State == ProcessState.Waiting);
    await (await loan.PauseAsync("closing time")).WaitForEffectAsync();
    await (await loan.PlayAsync()).WaitForEffectAsync();
    await loan.SignalAsync("return", "Notes");
    Console.WriteLine($"  {await loan.GetResultAsync()}");

    Console.WriteLine("A loan whose OnFinish throws:");
    var failing = await client.StartAsync(Loan.Type, new LoanInput("Nobody"));
    await failing.SignalAsync("return", "Notes");
    var outcome = await failing.WaitAsync();
    Console.WriteLine($"  {outcome.State}: {outcome.Message}");
});

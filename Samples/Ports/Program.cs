using System.Text;
using Orleans.Workflows;
using Samples.Ports;
using Samples.SampleHost;

await SampleSilo.RunAsync(processes => processes.AddProcess<Order>().AddProcess<Ship>(), async client =>
{
    try
    {
        await client.StartJsonAsync(
            "ports/order",
            """{"articles":{"book":"two"},"ship":{"weight":99,"label":"mine"},"colour":"red"}"""u8.ToArray());
    }
    catch (PortValidationException e)
    {
        Console.WriteLine($"Nothing is stored; all faults at "
            + $"once:{string.Concat(e.Faults.Select(static fault => $"\n  {fault}"))}");
    }

    var order = await client.StartJsonAsync(
        "ports/order", """{"customer":"Ada","articles":{"book":2,"lamp":1},"ship":{"address":{"street":"Seeweg 1"}}}"""u8.ToArray());
    await SampleSilo.UntilAsync(order, static status => status.Summary.State == ProcessState.Waiting);
    var checkpoint = await order.GetCheckpointAsync();
    Console.WriteLine($"The stored input, with its defaults: {Encoding.UTF8.GetString(checkpoint.Input)}");
    Console.WriteLine($"The outputs on the way: {Encoding.UTF8.GetString(checkpoint.Outputs!)}");
    await order.SignalAsync("packed", "0815");
    Console.WriteLine($"The outputs at the end: {Encoding.UTF8.GetString((await order.WaitAsync()).Output!)}");

    var description = await client.DescribeAsync("ports/order");
    Console.WriteLine($"{description.Type}: {description.Help}");
    Print(description.Inputs, depth: 1);
    Console.WriteLine($"As JSON Schema: {description.InputSchema}");
});

static void Print(PortDescription port, int depth)
{
    var value =
        port.Required ? ", required"
        : port.DefaultIsComputed ? ", computed"
        : port.Default is { } text ? $" = {text}"
        : "";
    Console.WriteLine(
        $"{new string(' ', depth * 2)}{port.Name}: "
        + $"{port.Type}{value}{string.Concat(port.Validators.Select(static rule => $", {rule}"))}  {port.Help}");
    foreach (var below in port.Item is { } item ? [item] : port.Children)
    {
        Print(below, depth + 1);
    }
}

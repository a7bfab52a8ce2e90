using Orleans.Hosting;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

var builder = WebApplication.CreateBuilder(args);
builder.AddWorkflowClient();
var app = builder.Build();

app.MapHealthChecks("/health");
app.MapPost("/greetings/{name}", async (string name, IProcessClient processes, CancellationToken cancellationToken) =>
{
    // With an id of its own the call can be made again: it finds the process that is there.
    var options = new StartOptions { Id = ProcessId.Parse($"greeting-{name}"), IfExists = IfExists.UseExisting };
    var process = await processes.StartAsync(Greetings.Greet, new GreetInput(name), options, cancellationToken);
    return (await process.GetResultAsync(cancellationToken)).Text;
});
app.Run();

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Orleans.Hosting;
using Orleans.Workflows;

var builder = WebApplication.CreateBuilder(args);
builder.AddWorkflowClient();
var app = builder.Build();

// Live while the program answers, whatever has become of the cluster: a new start would not bring that back.
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
app.MapPost("/greetings/{name}", async (string name, IProcessClient processes, CancellationToken cancellationToken) =>
{
    try
    {
        // With an id of its own the call can be made again: it finds the process that is there.
        var options = new StartOptions { Id = ProcessId.Parse($"greeting-{name}"), IfExists = IfExists.UseExisting };
        var process = await processes.StartAsync(Greetings.Greet, new GreetInput(name), options, cancellationToken);
        return Results.Text((await process.GetResultAsync(cancellationToken)).Text);
    }
    catch (Exception e) when (e is ArgumentException or PortValidationException or PayloadException)
    {
        // Not every name can be part of an id, or is an input of the process: the caller is told why.
        return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
app.Run();

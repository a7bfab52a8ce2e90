using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

var builder = Host.CreateApplicationBuilder(args);
return await builder.RunWorkflowSiloAsync(args, processes => processes.AddProcesses(typeof(Greet).Assembly));

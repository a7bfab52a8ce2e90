using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Silo.Hosting;

var settings = new HostApplicationBuilderSettings
{
    Args = SiloArguments.Read(args).Settings,
    Configuration = new ConfigurationManager(),
};

// Options are read once, at start; a watcher of configuration files would only cost.
settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
return await Host.CreateApplicationBuilder(settings).RunWorkflowSiloAsync(args);

using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orleans.Workflows.Silo.Telemetry;

/// <summary>
/// Exports metrics and traces to a collector. What cannot be delivered is dropped: a collector that is away costs the
/// silo nothing.
/// </summary>
internal static class OtlpExport
{
    /// <summary>
    /// The meters that are exported: the engine's and its stores', Orleans', the PostgreSQL driver's and the runtime's.
    /// </summary>
    public static readonly string[] Meters = ["Orleans.Workflows", "Microsoft.Orleans", "Npgsql", "System.Runtime"];

    /// <summary>Adds the export to a host.</summary>
    public static void Add(IServiceCollection services, WorkflowSiloOptions options, Uri collector)
    {
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(
                    options.ServiceId,
                    serviceNamespace: null,
                    serviceVersion: null,
                    autoGenerateServiceInstanceId: options.SiloName is null,
                    options.SiloName))
            .WithMetrics(metrics =>
                metrics.AddMeter(Meters).AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/metrics")))
            .WithTracing(traces =>
                traces
                    .AddSource("Orleans.Workflows")
                    .AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/traces")));
    }

    private static void SendTo(OtlpExporterOptions exporter, Uri collector, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
    }
}

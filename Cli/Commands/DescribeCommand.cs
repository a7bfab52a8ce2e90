using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Describes a process type.</summary>
internal sealed class DescribeCommand : ClientCommand
{
    private readonly Argument<string> _type = new("TYPE") { Description = "The name of the process type" };
    private readonly Option<bool> _schema = new("--schema")
    {
        Description = "Write only the JSON Schema of the inputs",
    };

    /// <summary>Makes the command.</summary>
    public DescribeCommand()
        : base(
            "describe",
            "Describes a process type: its ports, exit codes and outline.",
            "owf describe orders/fulfil",
            "owf describe orders/fulfil --schema > order.schema.json")
    {
        Add(_type);
        Add(_schema);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var description = await run.Processes.DescribeAsync(
            run.Arguments.GetRequiredValue(_type),
            run.CancellationToken);
        if (run.Arguments.GetValue(_schema))
        {
            run.Report.Document(JsonNode.Parse(description.InputSchema));
        }
        else if (run.Report.IsJson)
        {
            run.Report.Document(Document(description));
        }
        else
        {
            DescriptionText.Write(run.Report, description);
        }

        return ExitCodes.Done;
    }

    /// <summary>The description with its schemas as JSON, not as text in JSON.</summary>
    private static JsonNode Document(ProcessDescription description)
    {
        var document = JsonSerializer.SerializeToNode(description, WorkflowJson.Options)!;
        document["inputSchema"] = JsonNode.Parse(description.InputSchema);
        document["outputSchema"] = JsonNode.Parse(description.OutputSchema);
        return document;
    }
}

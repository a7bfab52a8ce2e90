using System.Text.Json;

namespace Orleans.Workflows.Cluster.Limits;

/// <summary>What is stored: in which place, and how deep or large.</summary>
public sealed record LimitInput(string Place, int Depth = 0, int Bytes = 0, JsonElement? Value = null);

public sealed record LimitOutput(JsonElement? Value = null);

public sealed record LimitContext
{
    public JsonElement? Value { get; set; }

    public ChildResult<LimitOutput>? Child { get; set; }
}

/// <summary>
/// Stores a value where it is told, waits in the middle, so that it can be taken out of memory, and ends.
/// </summary>
[Process("test/limit")]
public sealed class LimitChain : WorkChain<LimitInput, LimitOutput, LimitContext>
{
    private const string AsChild = "as child";

    public static ProcessType<LimitInput, LimitOutput> Type { get; } = new("test/limit");

    /// <summary>An input with a value that brings it to a depth or a size.</summary>
    public static LimitInput InputOf(string place, int depth, int bytes)
    {
        var around =
            WorkflowJson.Write(new LimitInput(place, Value: JsonSerializer.SerializeToElement(0)), "input").Length
            - 1;
        return new LimitInput(place, Value: Value(depth, bytes, around));
    }

    /// <summary>A value that brings the object in which it is to a depth or a size.</summary>
    /// <param name="depth">How deep the object is, 2 or more; 0 when its size matters.</param>
    /// <param name="bytes">How large the object is.</param>
    /// <param name="around">How many bytes of it are not the value.</param>
    public static JsonElement Value(int depth, int bytes, int around)
    {
        var json =
            depth > 0
                ? new string('[', depth - 1) + new string(']', depth - 1)
                : $"\"{new string('x', bytes - around - 2)}\"";
        return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
    }

    protected override void Define(OutlineBuilder outline) => outline
        .Step(Begin)
        .If(IsToWait, then => then.WaitFor<JsonElement>("go", Take));

    protected override LimitOutput? CreateOutput() =>
        Input.Place == "output" ? new LimitOutput(Asked("""{"value":}""".Length)) : null;

    private bool IsToWait() => Input.Place != AsChild;

    private JsonElement Asked(int around) => Value(Input.Depth, Input.Bytes, around);

    private Task Begin(StepContext step)
    {
        switch (Input.Place)
        {
            case "context":
                Context.Value = Asked("""{"value":,"child":null}""".Length);
                break;
            case "emitted output":
                Emit(static output => output.Value, Asked("""{"value":}""".Length));
                break;
            case "input of a child":
                ToContext(static context => context.Child, Type.Child(InputOf(AsChild, Input.Depth, Input.Bytes)));
                break;
            default:
                break;
        }

        return Task.CompletedTask;
    }

    private Task Take(StepContext step, JsonElement signal) => Task.CompletedTask;
}

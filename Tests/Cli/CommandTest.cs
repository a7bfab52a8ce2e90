using System.Text;
using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests;

/// <summary>Runs commands in this process, on the silo that all tests share.</summary>
public abstract class CommandTest(EmbeddedSiloFixture silo)
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected IProcessClient Processes => silo.Processes;

    private protected string DataFolder => silo.DataFolder;

    /// <summary>An id that no other test has, with a beginning of its own for lists.</summary>
    private protected static string NewId() => $"t{Guid.NewGuid():N}";

    private protected Task<Ran> RunAsync(params string[] args) => RunAsync("", args);

    private protected async Task<Ran> RunAsync(string input, string[] args)
    {
        using var error = new TellingWriter();
        return await RunAsync(input, args, error);
    }

    private protected Task<Ran> RunAsync(string input, string[] args, TellingWriter error) =>
        RunAsync(
            args,
            error,
            new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), TextWriter.Null, error, Width: null));

    private protected async Task<Ran> RunWithInputAsync(byte[] input, params string[] args)
    {
        using var error = new TellingWriter();
        return await RunAsync(args, error, new Terminal(new MemoryStream(input), TextWriter.Null, error, Width: null));
    }

    /// <summary>Runs a command before a screen.</summary>
    private protected async Task<Ran> RunOnScreenAsync(int width, bool hasColors, params string[] args)
    {
        using var error = new TellingWriter();
        return await RunAsync(args, error, new Terminal(Stream.Null, TextWriter.Null, error, width, hasColors));
    }

    /// <summary>Runs a command by a client of the test's own.</summary>
    private protected Task<Ran> RunByAsync(ConnectedClient client, TellingWriter error, params string[] args) =>
        RunAsync(args, error, new Terminal(Stream.Null, TextWriter.Null, error, Width: null), client);

    private async Task<Ran> RunAsync(
        string[] args,
        TellingWriter error,
        Terminal terminal,
        ConnectedClient? client = null)
    {
        using StringWriter output = new() { NewLine = "\n" };
        var code = await CommandLine.RunAsync(
            args,
            terminal with
            {
                Out = output,
            },
            (_, _) => Task.FromResult(client ?? silo.Share()),
            Token);
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts a process that does nothing until it is played.</summary>
    private protected async Task<string> StartPausedAsync(
        string type = "test/approval",
        string? id = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        var options = new StartOptions
        {
            Id = ProcessId.Parse(id ?? NewId()),
            Paused = true,
            Tags = tags ?? new Dictionary<string, string>(),
        };
        return (await Processes.StartJsonAsync(type, "{}"u8.ToArray(), options, Token)).Id.Value;
    }

    private protected async Task<string> StartEndedAsync()
    {
        var process = await Processes.StartJsonAsync(
            "test/echo",
            "{}"u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse(NewId()) },
            Token);
        await process.WaitAsync(Token);
        return process.Id.Value;
    }

    private protected Task<string> StartBrokenAsync() => StartWithIncidentAsync("test/broken");

    /// <summary>Starts a process and waits until its incident is there.</summary>
    private protected async Task<string> StartWithIncidentAsync(string type)
    {
        var process = await Processes.StartJsonAsync(
            type,
            "{}"u8.ToArray(),
            new StartOptions { Id = ProcessId.Parse(NewId()) },
            Token);
        await Eventually.TrueAsync(
            $"an incident of {process.Id}",
            async () => (await process.GetStatusAsync(Token)).Incident is not null);
        return process.Id.Value;
    }

    /// <summary>Starts a process with one child, <c>ID/0.0</c>, and waits until the child has begun.</summary>
    private protected async Task<string> StartFamilyAsync(string child)
    {
        var input = WorkflowJson.Write(new Family.In(child), "input");
        var process = await Processes.StartJsonAsync(
            "test/family",
            input,
            new StartOptions { Id = ProcessId.Parse(NewId()) },
            Token);
        var query = new ProcessQuery { Parent = process.Id, States = [ProcessState.Running, ProcessState.Waiting] };
        await Eventually.TrueAsync(
            $"a child of {process.Id}",
            async () => (await Processes.ListPageAsync(query, Token)).Items.Count == 1);
        return process.Id.Value;
    }
}

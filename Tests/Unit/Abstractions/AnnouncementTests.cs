namespace Orleans.Workflows.Unit.Abstractions;

/// <summary>An announcement of a silo that cannot be made anything of.</summary>
public sealed class AnnouncementTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owf-announcement-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("null")]
    [InlineData("not JSON")]
    [InlineData("""{"gateway":"no address","processId":1}""")]
    public void Find_WhatCannotBeRead_SaysThatNoSiloHasRunThere(string announcement)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "silo.json"), announcement);

        Should.Throw<WorkflowUnavailableException>(() => EmbeddedSilo.Find(_folder.FullName))
            .Message.ShouldStartWith($"No silo has run with the data folder '{_folder.FullName}'");
    }
}

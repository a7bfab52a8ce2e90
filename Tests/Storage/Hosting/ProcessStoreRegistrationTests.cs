using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;
using Orleans.Workflows.Storage.Sqlite;
using Orleans.Workflows.StorageTests.Sqlite;

namespace Orleans.Workflows.StorageTests.Hosting;

/// <summary>What the silo's builder registers.</summary>
public sealed class ProcessStoreRegistrationTests : SqliteTest
{
    [Fact]
    public async Task UseSqliteProcessStore_GivesOneStoreThatOpens()
    {
        var builder = new StubSiloBuilder();
        builder.UseSqliteProcessStore(o => o.Path = Source.File).ShouldBeSameAs(builder);
        await using var services = builder.Services.BuildServiceProvider();
        var store = services.GetRequiredService<IProcessStore>();

        await store.InitializeAsync(Token);
        await store.PingAsync(Token);

        store.ShouldBeOfType<SqliteProcessStore>();
        services.GetRequiredService<IProcessStore>().ShouldBeSameAs(store);
        await store.DisposeAsync();
    }

    [Fact]
    public void UseSqliteProcessStore_WithoutAPath_Throws() =>
        Should
            .Throw<ArgumentException>(static () => new StubSiloBuilder().UseSqliteProcessStore(static _ => { }))
            .Message.ShouldContain("Path");

    [Fact]
    public async Task UseMemoryProcessStore_Shared_OutlivesASilo()
    {
        var shared = new MemoryProcessStore();
        var builders = (StubSiloBuilder[])[new(), new()];
        foreach (var builder in builders)
        {
            builder.UseMemoryProcessStore(shared);
        }

        var first = builders[0].Services.BuildServiceProvider();
        await first.GetRequiredService<IProcessStore>().CommitAsync(A.Insert(A.Row("p")), Token);
        await first.GetRequiredService<IProcessStore>().DisposeAsync();
        await first.DisposeAsync();

        await using var second = builders[1].Services.BuildServiceProvider();
        (await second.GetRequiredService<IProcessStore>().LoadAsync(A.Row("p").Id, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task UseMemoryProcessStore_NotShared_IsTheSilosOwn()
    {
        await using var first = (
            (StubSiloBuilder)new StubSiloBuilder().UseMemoryProcessStore()
        ).Services.BuildServiceProvider();
        await using var second = (
            (StubSiloBuilder)new StubSiloBuilder().UseMemoryProcessStore()
        ).Services.BuildServiceProvider();

        first.GetRequiredService<IProcessStore>().ShouldNotBeSameAs(second.GetRequiredService<IProcessStore>());
    }
}

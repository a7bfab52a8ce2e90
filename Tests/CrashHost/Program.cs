using System.Globalization;
using Orleans.Workflows.CrashHost;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Storm;
using Orleans.Workflows.CrashHost.Storm.Clients;

// 'rounds 50 [seed]' kills and restarts a host of its own, 'storm --minutes 10 [--seed N]' a cluster; 'load' and
// 'storm-client' are clients; anything else is that host, with its options as '--Section:Name=value'.
if (args is ["load", .. var options])
{
    return await LoadHost.RunAsync(options);
}

if (args is ["storm-client", .. var client])
{
    return await StormClientHost.RunAsync(client);
}

if (args is ["storm", .. var storm])
{
    return await StormCommand.RunAsync(storm);
}

if (args is not ["rounds", var count, .. var rest])
{
    await SiloHost.RunAsync(args);
    return 0;
}

using var folder = CrashFolder.Create("rounds");
var seed = rest is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
await using var rounds = new SigkillRounds(folder, seed, Console.WriteLine);
await rounds.RunAsync(int.Parse(count, CultureInfo.InvariantCulture));
return 0;

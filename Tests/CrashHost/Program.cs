using System.Globalization;
using Orleans.Workflows.CrashHost;
using Orleans.Workflows.CrashHost.Driving;

// 'rounds 50 [seed]' kills and restarts a host of its own; 'load' is a client; anything else is that host, with its options as '--Section:Name=value'.
if (args is ["load", .. var options])
{
    return await LoadHost.RunAsync(options);
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

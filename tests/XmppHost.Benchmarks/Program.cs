using System.CommandLine;
using BenchmarkDotNet.Running;
using XmppHost.Benchmarks.Comparing;
using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Storage;

if (args is ["micro", .. var rest])   // BenchmarkDotNet has a command line of its own
{
    BenchmarkSwitcher.FromAssembly(typeof(LoadCommand).Assembly).Run(rest);
    return 0;
}

var root = new RootCommand("Load generator and benchmarks of XmppHost. Everything is sent to loopback addresses only.")
{
    LoadCommand.Create(),
    CompareCommand.Create(),
    StorageCommand.Create(),
    new Command("micro", "Runs the micro-benchmarks; what follows is BenchmarkDotNet's own: --filter '*', --list flat, --job short ..."),
};
// A signal cancels the run, and the servers it started have to be stopped before this process ends.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });

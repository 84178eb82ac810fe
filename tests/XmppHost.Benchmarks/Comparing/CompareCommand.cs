using System.CommandLine;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Comparing;

/// <summary><c>compare</c>: several servers through the same works in one run.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var servers = new Option<string>("--servers") { Description = "comma-separated: " + string.Join(", ", PeerCatalog.All("").Select(p => p.Name)), DefaultValueFactory = _ => "prosody,ejabberd,xmpphost" };
        var works = new Option<string>("--work") { Description = "comma-separated: " + string.Join(", ", WorkCatalog.All(0).Select(w => w.Name)), DefaultValueFactory = _ => string.Join(',', WorkCatalog.All(0).Select(w => w.Name)) };
        var runs = new Option<int>("--runs") { Description = "rounds through all servers; the table has the medians", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "measured time of each work but put-* and get-*, which have a number of files", DefaultValueFactory = _ => 10 };
        var idle = new Option<int>("--idle-sessions") { Description = "sessions of the work idle; idle-tls has half of them", DefaultValueFactory = _ => 2000 };
        var assembly = new Option<string>("--xmpphost") { Description = "this project's server", DefaultValueFactory = _ => PeerCatalog.BuiltServer };
        var command = new Command("compare", "Starts servers one after another on loopback, loads each alike and prints a table.") { servers, works, runs, seconds, idle, assembly };
        command.SetAction(async (parsed, ct) =>
        {
            if (Pick(PeerCatalog.All(parsed.GetValue(assembly)!), p => p.Name, parsed.GetValue(servers)!, "server") is not { } peers) return 2;
            if (Pick(WorkCatalog.All(parsed.GetValue(idle)), w => w.Name, parsed.GetValue(works)!, "work") is not { } chosen) return 2;
            var comparison = new Comparison(peers, chosen, Math.Clamp(parsed.GetValue(runs), 1, 20), Math.Clamp(parsed.GetValue(seconds), 0.5, 600));
            var isGood = false;
            try
            {
                isGood = await comparison.RunAsync(ct);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("Interrupted; the table has what was measured until then.");
            }

            Console.WriteLine(ComparisonTable.Render(comparison));
            return isGood ? 0 : 1;
        });
        return command;
    }

    private static List<T>? Pick<T>(IReadOnlyList<T> all, Func<T, string> name, string wanted, string kind)
    {
        var names = wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = names.Where(n => all.All(a => name(a) != n)).ToList();
        if (unknown.Count == 0) return [.. names.Select(n => all.First(a => name(a) == n))];
        Console.Error.WriteLine($"There is no {kind} {string.Join(", ", unknown)}; there are {string.Join(", ", all.Select(name))}.");
        return null;
    }
}

using System.Runtime.InteropServices;

namespace XmppHost.Benchmarks.Load.Measuring;

/// <summary>CPU and memory of a server process with its descendants, read from /proc.</summary>
internal sealed class ProcessGauge(int pid)
{
    private static readonly double MicrosecondsPerTick = 1e6 / ClockTicks();

    /// <summary>User and system time so far, in microseconds; the kernel counts it in hundredths of a second.</summary>
    public double CpuMicroseconds() => Tree().Sum(CpuOf);

    /// <summary>Proportional set size in KB: shared pages count by share.</summary>
    public long PssKilobytes() => Tree().Sum(PssOf);

    private static double CpuOf(int process)
    {
        var fields = StatFields(process);
        return fields.Length < 13 ? 0 : (long.Parse(fields[11]) + long.Parse(fields[12])) * MicrosecondsPerTick;
    }

    private static long PssOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/smaps_rollup").FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(4).Trim().TrimEnd("kB").Trim());
        }
        catch (IOException)
        {
            return 0;   // it ended meanwhile
        }
    }

    private List<int> Tree()
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(ParentOf);
        List<int> tree = [pid];
        for (var i = 0; i < tree.Count; i++) tree.AddRange(children[tree[i]]);
        return tree;
    }

    private static int ParentOf(int process)
    {
        var fields = StatFields(process);
        return fields.Length < 2 ? 0 : int.Parse(fields[1]);
    }

    // proc(5): the fields after the parenthesized name, which may itself hold spaces; [0] is the state.
    private static string[] StatFields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static long ClockTicks() => SysConf(2);   // _SC_CLK_TCK

    [DllImport("libc", EntryPoint = "sysconf")]
    private static extern long SysConf(int name);
}

using System.Runtime.InteropServices;

namespace XmppHost.Benchmarks.Load.Measuring;

/// <summary>CPU and memory of a server process with its descendants: the processes and their memory from /proc, their CPU from the clock of each.</summary>
internal sealed class ProcessGauge(int pid)
{
    /// <summary>User and system time so far, in microseconds: what /proc shows, before it is rounded to hundredths of a second.</summary>
    public double CpuMicroseconds() => Tree().Sum(CpuOf);

    /// <summary>Proportional set size in KB: shared pages count by share.</summary>
    public long PssKilobytes() => Tree().Sum(PssOf);

    private static double CpuOf(int process)
    {
        if (GetCpuClock(process, out var clock) != 0 || GetTime(clock, out var time) != 0) return 0;   // it ended meanwhile
        return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
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

    [DllImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static extern int GetCpuClock(int process, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}

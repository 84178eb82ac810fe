using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Comparing;

/// <summary>One number of a report.</summary>
internal sealed record Figure(string Unit, string Format, Func<LoadReport, double?> Of);

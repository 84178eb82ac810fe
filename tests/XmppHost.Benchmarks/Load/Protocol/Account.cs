namespace XmppHost.Benchmarks.Load.Protocol;

internal sealed record Account(string User, string Password);

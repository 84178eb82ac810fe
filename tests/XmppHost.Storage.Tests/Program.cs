using XmppHost.Storage.Tests;

// The other process of CrashTests: see there.
return await OtherProcess.RunAsync(args);

using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>The clients' scripts hold on a server that is not ours: they are about the protocol.</summary>
public sealed class ProsodyClientTests : ClientTests
{
    private protected override Task<IServerUnderTest> StartServerAsync() => ProsodyUnderTest.StartAsync();
}

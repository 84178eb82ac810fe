using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>The clients on the server as it comes: built-in configuration, certificate made on first run, uploads into its own file store.</summary>
public sealed class XmppHostClientTests : ClientTests
{
    private protected override async Task<IServerUnderTest> StartServerAsync() => await ServerProcess.StartAsync();
}

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>A clock that runs, but is wrong.</summary>
internal sealed class WrongClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}

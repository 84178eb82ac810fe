namespace XmppHost.Storage.Tests;

/// <summary>What a contract test runs on.</summary>
public enum Database
{
    Sqlite,
    PostgreSql,
}

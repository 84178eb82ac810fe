namespace XmppHost.Testing;

/// <summary>The passwords of the tests' accounts.</summary>
public static class Password
{
    public static string Of(string jid) => $"pass word of {jid} ✓";
}
